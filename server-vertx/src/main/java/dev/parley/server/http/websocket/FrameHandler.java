package dev.parley.server.http.websocket;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TextFrames;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.Loop;
import dev.parley.server.engine.WebSocketLink;
import dev.parley.server.engine.WebSocketOffer;
import dev.parley.server.engine.WebSocketViolation;
import dev.parley.server.http.loop.LoopQueue;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket, alone in its pipeline: bytes become messages of the session, packets become frames. Its state belongs to the connection's
 * event loop; when the session lives on another one, messages and packets cross over in order. A message may be as large as the server
 * allows, in one frame or in many.
 */
// A write or a close that fails leaves the channel inactive, and that is heard.
@SuppressWarnings("FutureReturnValueIgnored")
public final class FrameHandler extends ChannelInboundHandlerAdapter
        implements
            WebSocketLink,
            FrameReader.Receiver {
    private static final long CLOSE_SECONDS = 5;
    /** Maximum number of bytes on their way to a session of another event loop, before reading pauses. */
    private static final int MAX_CROSSING = 256 * 1024;

    private final Framing framing;
    private final int deflateFrom;
    private final FrameReader reader;
    private final TextFrames texts = new TextFrames();
    private @Nullable ChannelHandlerContext context;
    private @Nullable FrameWriter writer;
    private @Nullable EngineSession session;
    /** Incoming bytes that are counted in the session's memory account. */
    private int heldIn;
    /** Whether the session knows that the WebSocket is not writable. */
    private boolean full;
    private boolean pausedBySession;
    private boolean pausedByCrossing;
    /** Whether the client has used its share of this turn of the loop, so that others come first. */
    private boolean turnOver;
    private final AtomicInteger crossing = new AtomicInteger();
    private boolean closing;
    private boolean reading;

    /**
     * Creates the handler of one WebSocket.
     *
     * @param deflated    whether messages may be compressed
     * @param deflateFrom minimum size of a sent message that is compressed, in bytes
     * @param rate        how fast frames are read; null for as fast as they come
     */
    FrameHandler(Framing framing, boolean deflated, int deflateFrom, int maxMessage,
            @Nullable FrameRate rate) {
        this.framing = framing;
        this.deflateFrom = deflated ? deflateFrom : Integer.MAX_VALUE;
        this.reader = new FrameReader(maxMessage, deflated, rate, this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        writer = new FrameWriter(added, framing, deflateFrom);
    }

    /** Opens a session that starts with this WebSocket. Closes the WebSocket when no session may be opened. */
    public void begin(Function<WebSocketLink, Optional<EngineSession>> open, Loop loop) {
        loop.run(() -> open.apply(this)
                .ifPresentOrElse(this::bind, () -> close(WebSocketCloseStatus.TRY_AGAIN_LATER)));
    }

    /** Attaches to a polling session that has accepted the offer. */
    public void join(EngineSession polling, WebSocketOffer offer) {
        bind(polling);
        polling.loop().run(() -> polling.attach(offer, this));
    }

    private void bind(EngineSession bound) {
        session = bound;
        writer().countIn(bound.memory().outgoing());
        if (!channel().channel().isActive()) {
            bound.loop().run(() -> bound.lost(this));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        reading = true;
        writer().beginRead();
        reader.read(at.alloc(), bytes);
        count();
        if (reader.turnIsOver()) {
            waitForTurn(at);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext at) {
        reading = false;
        if (!turnOver) {
            reader.nextTurn();
            if (!paused()) {
                goOn(at);
            }
        }
        writer().endRead();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext at) {
        var out = writer();
        out.pump();
        out.weigh();
        if (out.isFull() != full) {
            full = !full;
            boolean writable = !full;
            toSession(bound -> bound.writable(this, writable));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        reader.end();
        count();
        writer().end();
        toSession(bound -> bound.lost(this));
        at.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable failure) {
        toSession(bound -> bound.failed(this, CloseCause.CONNECTION_BROKEN));
        at.close();
    }

    @Override
    public void text(byte[] borrowed, int length) {
        if (closing) {
            return;
        }
        complete();
        var known = texts.decode(borrowed, 0, length);
        if (known != null) {
            toSession(length, bound -> bound.message(this, known));
            return;
        }
        String decoded = new String(borrowed, 0, length, StandardCharsets.UTF_8);
        // Only a text with a replacement character can have been malformed; the strict decoder is slower.
        if (decoded.indexOf('\ufffd') >= 0 && !ClosePayload.isUtf8(borrowed, 0, length)) {
            fault(WebSocketViolation.TEXT_NOT_UTF8);
        } else {
            toSession(length, bound -> bound.text(this, decoded));
        }
    }

    @Override
    public void binary(byte[] bytes) {
        if (!closing) {
            complete();
            toSession(bytes.length, bound -> bound.binary(this, bytes));
        }
    }

    @Override
    public void control(int opcode, byte[] payload) {
        if (opcode == FrameBits.CLOSE) {
            closed(payload);
        } else if (opcode == FrameBits.PING) {
            writer().pong(payload);
        }
    }

    @Override
    public void fault(WebSocketViolation violation) {
        reader.end();
        toSession(bound -> bound.failed(this, violation));
        close(WebSocketCloseStatus.valueOf(violation.closeCode()));
    }

    @Override
    public void write(List<EnginePacket> packets, long shared) {
        var at = channel();
        if (!at.executor().inEventLoop()) {
            execute(at, () -> write(packets, shared));
            return;
        }
        writer().write(packets, shared);
    }

    @Override
    public void pause(boolean paused) {
        var at = channel();
        if (!at.executor().inEventLoop()) {
            execute(at, () -> pause(paused));
            return;
        }
        pausedBySession = paused;
        pauseOrGoOn(at);
    }

    private void pauseOrGoOn(ChannelHandlerContext at) {
        if (paused()) {
            reader.pause();
        } else if (!reading && !turnOver) {
            goOn(at);
        }
        // Asked again: what was handed out may have paused it.
        at.channel().config().setAutoRead(!paused() && !turnOver);
    }

    private void goOn(ChannelHandlerContext at) {
        reader.goOn(at.alloc());
        count();
        if (reader.turnIsOver()) {
            waitForTurn(at);
        }
    }

    private boolean paused() {
        return (pausedBySession || pausedByCrossing) && !closing;
    }

    private void waitForTurn(ChannelHandlerContext at) {
        if (!turnOver) {
            turnOver = true;
            at.channel().config().setAutoRead(false);
            LoopQueue.of(at.channel().eventLoop()).executeRest(this::nextTurn, reader.pauseNanos());
        }
    }

    private void nextTurn() {
        turnOver = false;
        reader.nextTurn();
        pauseOrGoOn(channel());
    }

    @Override
    public void abort() {
        var at = channel();
        if (!at.executor().inEventLoop()) {
            at.executor().execute(this::abort);
        } else if (writer().pending() > 0) {
            at.close();
        } else {
            close(WebSocketCloseStatus.TRY_AGAIN_LATER);
        }
    }

    @Override
    public void close() {
        close(WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    /** Handles a close frame, which is answered with its own code. */
    private void closed(byte[] payload) {
        if (closing) {
            channel().close();
            return;
        }
        var violation = ClosePayload.violation(payload);
        if (violation != null) {
            fault(violation);
            return;
        }
        reader.end();
        toSession(bound -> bound.lost(this));
        close(ClosePayload.code(payload), "");
        if (!HalfClose.possible(channel())) {
            channel().close();
        }
    }

    /** Releases the memory of the message in the account: it is counted by the session from here on. */
    private void complete() {
        if (heldIn != 0) {
            count();
        }
    }

    /** Counts the bytes of incomplete messages in the session's memory account. */
    private void count() {
        int held = reader.held();
        var bound = session;
        if (bound != null && held != heldIn) {
            bound.memory().incoming().add(held - heldIn);
            heldIn = held;
        }
    }

    private void close(WebSocketCloseStatus status) {
        close(status.code(), status.reasonText());
    }

    /**
     * Sends a close frame and waits for the client's, discarding all data until then: a connection that is closed with unread bytes is
     * reset, and the client would not receive the status.
     */
    private void close(int code, String reason) {
        var at = channel();
        if (!at.executor().inEventLoop()) {
            execute(at, () -> close(code, reason));
            return;
        }
        if (!closing) {
            closing = true;
            // First, so that the connection ends even if there is no memory for the frame.
            at.executor().schedule(() -> at.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
            pauseOrGoOn(at);
            writer().close(code, reason, () -> HalfClose.endOutput(at));
        }
    }

    /** Runs a task of a session on another loop. A failure ends the connection: no message may follow one that was lost. */
    private void execute(ChannelHandlerContext at, Runnable task) {
        at.executor().execute(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                exceptionCaught(at, e);
            }
        });
    }

    private void toSession(int bytes, Consumer<EngineSession> task) {
        var bound = session;
        if (bound == null) {
            return;
        }
        if (bound.loop().inLoop()) {
            task.accept(bound);
            return;
        }
        if (crossing.addAndGet(bytes) > MAX_CROSSING && !pausedByCrossing) {
            pausedByCrossing = true;
            pauseOrGoOn(channel());
        }
        bound.loop().execute(() -> {
            try {
                task.accept(bound);
            } finally {
                if (crossing.addAndGet(-bytes) == 0) {
                    channel().executor().execute(this::crossed);
                }
            }
        });
    }

    private void crossed() {
        if (pausedByCrossing && crossing.get() == 0) {
            pausedByCrossing = false;
            pauseOrGoOn(channel());
        }
    }

    private void toSession(Consumer<EngineSession> task) {
        var bound = session;
        if (bound == null) {
            return;
        }
        if (bound.loop().inLoop()) {
            task.accept(bound);
        } else {
            bound.loop().execute(() -> task.accept(bound));
        }
    }

    private FrameWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return writer;
    }

    private ChannelHandlerContext channel() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }
}
