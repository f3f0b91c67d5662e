package dev.parley.server.http;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.Loop;
import dev.parley.server.engine.WebSocketLink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket at the end of its pipeline: frames become messages of the session, packets become frames. Its state belongs to the
 * connection's event loop; when the session lives on another one, messages and packets cross over in order. A message may be as large
 * as the server allows, in one frame or in many.
 */
// A write or a close that fails leaves the channel inactive, and that is heard.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrameHandler extends ChannelInboundHandlerAdapter implements WebSocketLink {
    private static final long CLOSE_SECONDS = 5;
    /** Below this, unread bytes are not worth counting with everybody else's. */
    private static final int UNCOUNTED = 64 * 1024;

    private final Framing framing;
    private final int deflateFrom;
    private final int maxMessage;
    private final UnreadBudget.Share share;
    private long unread;
    private boolean fragmentsAreText;
    private @Nullable CompositeByteBuf fragments;
    private @Nullable ChannelHandlerContext context;
    private @Nullable EngineSession session;
    private boolean closing;
    private boolean reading;
    private boolean flushing;

    /** @param deflateFrom from how many bytes on a message is compressed */
    FrameHandler(Framing framing, int deflateFrom, int maxMessage, UnreadBudget.Share share) {
        this.framing = framing;
        this.deflateFrom = deflateFrom;
        this.maxMessage = maxMessage;
        this.share = share;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Begins a session of its own; closes again when there may be none. */
    void begin(Function<WebSocketLink, Optional<EngineSession>> open, Loop loop) {
        loop.run(() -> open.apply(this)
                .ifPresentOrElse(this::bind, () -> close(WebSocketCloseStatus.TRY_AGAIN_LATER)));
    }

    /** Offers itself to a polling session. */
    void join(EngineSession polling) {
        bind(polling);
        polling.loop().run(() -> polling.attach(this));
    }

    private void bind(EngineSession bound) {
        session = bound;
        if (!channel().channel().isActive()) {
            bound.loop().run(() -> bound.lost(this, false));
        }
    }

    /** False when the bytes of an unfinished message would go past everybody's budget; they are then to be thrown away. */
    boolean mayGather(int bytes) {
        if (closing) {
            return true;
        }
        boolean counted = unread > UNCOUNTED;
        unread += bytes;
        // The first bytes count with those that make them worth it, however they were cut on the way.
        if (unread > UNCOUNTED && !share.grow(counted ? bytes : unread)) {
            fault(WebSocketCloseStatus.TRY_AGAIN_LATER);
            return false;
        }
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        reading = true;
        try {
            if (message instanceof WebSocketFrame frame) {
                frame(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext at) {
        reading = false;
        if (flushing) {
            flushing = false;
            at.flush();
        }
        at.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext at) {
        boolean writable = at.channel().isWritable();
        toSession(bound -> bound.writable(this, writable));
        at.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        gathered();
        dropFragments();
        toSession(bound -> bound.lost(this, false));
        at.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable failure) {
        if (cause(failure) instanceof CorruptedWebSocketFrameException corrupted) {
            fault(corrupted.closeStatus());
        } else if (isDecompression(failure)) {
            // Too large, or not what a compressor wrote; the client that did this can live with one status for both.
            fault(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else {
            toSession(bound -> bound.lost(this, true));
            at.close();
        }
    }

    @Override
    public void write(List<EnginePacket> packets) {
        var at = channel();
        if (!at.executor().inEventLoop()) {
            at.executor().execute(() -> write(packets));
            return;
        }
        if (closing || !at.channel().isActive()) {
            return;
        }
        for (EnginePacket packet : packets) {
            Object frame = packet.weight() < deflateFrom ? Frames.encode(at.alloc(), packet, framing)
                    : Frames.frame(at.alloc(), packet, framing);
            at.write(frame, at.voidPromise());
        }
        flushSoon(at);
    }

    @Override
    public void close() {
        close(WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    private void frame(WebSocketFrame frame) {
        if (closing) {
            if (frame instanceof CloseWebSocketFrame) {
                channel().close();
            }
            return;
        }
        switch (frame) {
            case TextWebSocketFrame text -> data(text, true);
            case BinaryWebSocketFrame binary -> data(binary, false);
            case ContinuationWebSocketFrame more -> fragment(more);
            case PingWebSocketFrame ping -> {
                channel().write(new PongWebSocketFrame(ping.content().retain()), channel().voidPromise());
                flushSoon(channel());
            }
            case CloseWebSocketFrame close -> {
                toSession(bound -> bound.lost(this, false));
                close(close.statusCode() < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE
                        : WebSocketCloseStatus.valueOf(close.statusCode()));
                channel().close();
            }
            default -> {}
        }
        gathered();
    }

    private void data(WebSocketFrame frame, boolean text) {
        if (frame.content().readableBytes() > maxMessage) {
            fault(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else if (frame.isFinalFragment()) {
            message(frame.content(), text);
        } else {
            fragmentsAreText = text;
            fragments = channel().alloc().compositeBuffer(1024);
            append(frame.content());
        }
    }

    private void fragment(ContinuationWebSocketFrame frame) {
        append(frame.content());
        var whole = fragments;
        if (whole != null && frame.isFinalFragment()) {
            message(whole, fragmentsAreText);
            dropFragments();
        }
    }

    private void append(ByteBuf content) {
        if (fragments == null) {
            return;
        }
        if (fragments.readableBytes() + (long) content.readableBytes() > maxMessage) {
            fault(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else {
            fragments.addComponent(true, content.retain());
        }
    }

    private void message(ByteBuf content, boolean text) {
        if (!text) {
            byte[] bytes = ByteBufUtil.getBytes(content);
            toSession(bound -> bound.binary(this, bytes));
            return;
        }
        String decoded = content.toString(StandardCharsets.UTF_8);
        // Only a text with a replacement character can have been malformed; the strict decoder is slower.
        if (decoded.indexOf('\ufffd') >= 0 && !wellFormed(content)) {
            fault(WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
        } else {
            toSession(bound -> bound.text(this, decoded));
        }
    }

    private static boolean wellFormed(ByteBuf content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content.nioBuffer()).hasRemaining();
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** What was counted has become a message, or will never be one. */
    private void gathered() {
        if (fragments == null) {
            unread = 0;
            share.release();
        }
    }

    private void fault(WebSocketCloseStatus status) {
        toSession(bound -> bound.lost(this, true));
        close(status);
        dropFragments();
        gathered();
    }

    /**
     * Says goodbye and waits for the other side to do so too, reading on and throwing away: a connection that is closed with bytes unread
     * is reset, and the client would never see the status.
     */
    private void close(WebSocketCloseStatus status) {
        var at = channel();
        if (!at.executor().inEventLoop()) {
            at.executor().execute(() -> close(status));
            return;
        }
        if (!closing) {
            closing = true;
            at.writeAndFlush(new CloseWebSocketFrame(status));
            at.executor().schedule(() -> at.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void flushSoon(ChannelHandlerContext at) {
        if (!flushing) {
            flushing = true;
            if (!reading) {
                at.executor().execute(() -> {
                    if (flushing && !reading) {
                        flushing = false;
                        at.flush();
                    }
                });
            }
        }
    }

    private void toSession(Consumer<EngineSession> task) {
        var bound = session;
        if (bound != null) {
            bound.loop().run(() -> task.accept(bound));
        }
    }

    private void dropFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    private ChannelHandlerContext channel() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    private static boolean isDecompression(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof DecompressionException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable cause(Throwable failure) {
        return failure.getCause() instanceof CorruptedWebSocketFrameException inner ? inner : failure;
    }
}
