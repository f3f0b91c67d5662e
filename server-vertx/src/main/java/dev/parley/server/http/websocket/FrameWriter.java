package dev.parley.server.http.websocket;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.server.engine.ByteGauge;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one WebSocket: RFC 6455, section 5. The channel is never given more than it takes, a frame of many megabytes goes
 * piece by piece, so that a client that does not read costs about twice {@link #PIECE} of direct memory. What waits here, and what waits in
 * the channel, counts to the session's memory. Used on the channel's event loop only.
 */
// A write that fails leaves the channel inactive, and that is heard.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrameWriter {
    /** Maximum number of bytes given to the channel at once; also Netty's default limit of a writable channel. */
    static final int PIECE = 64 * 1024;

    private final ChannelHandlerContext at;
    private final Framing framing;
    private final int deflateFrom;
    /** Lists of packets that were written while the channel was full; made when first needed. */
    private @Nullable Queue<List<EnginePacket>> waiting;
    private long waitingBytes;
    /** The rest of a frame that is too large for one piece. */
    private @Nullable ByteBuf rest;
    private byte @Nullable [] pong;
    private @Nullable ByteBuf last;
    private @Nullable Runnable whenDone;
    private @Nullable ByteGauge memory;
    private long held;
    private long sharedHeld;
    /** How much of the bytes held here is held by other sessions too, from 0 to 1. */
    private double sharing;
    private boolean watching;
    private boolean reading;
    private boolean flushing;

    /**
     * Creates the writer of one WebSocket.
     *
     * @param deflateFrom minimum weight of a packet that is compressed
     */
    FrameWriter(ChannelHandlerContext at, Framing framing, int deflateFrom) {
        this.at = at;
        this.framing = framing;
        this.deflateFrom = deflateFrom;
    }

    /** Begins to count waiting bytes in a session's memory account. */
    void countIn(ByteGauge outgoing) {
        memory = outgoing;
    }

    /** Begins a read: written frames are flushed at its {@link #endRead end}. */
    void beginRead() {
        reading = true;
    }

    void endRead() {
        reading = false;
        if (flushing) {
            flush();
        }
    }

    /** Returns whether packets written now would wait. */
    boolean isFull() {
        return waits() || !at.channel().isWritable();
    }

    /** @param shared bytes of the packets that other sessions hold too */
    void write(List<EnginePacket> packets, long shared) {
        if (last != null || !at.channel().isActive()) {
            return;
        }
        long weight = Frames.weight(packets);
        if (shared > 0 || held == 0) {
            sharing = shared == 0 ? 0 : Math.min(1, (double) shared / (weight + 1));
        }
        if (isFull()) {
            waitFor(packets, weight);
        } else {
            writeNow(packets);
            if (rest != null) {
                pump();
            }
        }
        flushSoon();
    }

    /** Responds to a ping as soon as a frame may begin. Of several that wait only the last gets a pong: RFC 6455, section 5.5.3. */
    void pong(byte[] payload) {
        if (last == null) {
            pong = payload;
            pump();
            flushSoon();
        }
    }

    /** Writes a close frame after all waiting frames, and nothing afterwards. */
    void close(int code, String reason, Runnable done) {
        if (last == null && at.channel().isActive()) {
            last = Frames.close(at.alloc(), code, reason);
            whenDone = done;
            pump();
            flush();
        }
    }

    /** Writes waiting bytes until the channel is full. */
    void pump() {
        if (!waits()) {
            return;
        }
        while (at.channel().isWritable() && waits()) {
            var frames = rest;
            if (frames != null) {
                writePiece(frames);
            } else if (pong != null) {
                var frame = Frames.pong(at.alloc(), pong);
                // First, since a write can call back here.
                pong = null;
                at.write(frame, at.voidPromise());
            } else if (waiting != null && !waiting.isEmpty()) {
                var packets = waiting.remove();
                waitingBytes -= Frames.weight(packets);
                writeNow(packets);
            } else {
                writeLast();
            }
        }
        flushSoon();
    }

    void flush() {
        flushing = false;
        at.flush();
        weigh();
    }

    /** Updates the session's memory account with the bytes that wait here and in the channel. */
    void weigh() {
        var gauge = memory;
        long now = at.channel().isActive() ? inChannel() + here() : 0;
        if (gauge == null) {
            return;
        }
        if (now != held) {
            long shared = (long) (now * sharing);
            gauge.add(now - held, shared - sharedHeld);
            held = now;
            sharedHeld = shared;
        }
        if (now > 0 && !watching) {
            // The channel tells when it is writable again, but not when it is empty; a write behind what waits does.
            watching = true;
            at.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
                watching = false;
                // Netty counts a write until after it has told of its end.
                at.executor().execute(this::weigh);
            });
        }
    }

    /** Drops waiting bytes: the connection is closed, or about to be. */
    void end() {
        waiting = null;
        waitingBytes = 0;
        pong = null;
        if (rest != null) {
            rest.release();
            rest = null;
        }
        if (last != null && whenDone != null) {
            last.release();
        }
        whenDone = null;
        weigh();
    }

    /** Returns the number of bytes that have not been flushed. */
    long pending() {
        return inChannel() + here();
    }

    private boolean waits() {
        return rest != null || pong != null || whenDone != null || (waiting != null && !waiting.isEmpty());
    }

    private long here() {
        return waitingBytes + (rest == null ? 0 : rest.readableBytes());
    }

    private long inChannel() {
        var buffer = at.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    private void waitFor(List<EnginePacket> packets, long weight) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        waiting.add(packets);
        waitingBytes += weight;
    }

    private void writeNow(List<EnginePacket> packets) {
        var frames = reading ? Frames.encode(at.alloc(), packets, framing, deflateFrom)
                : LoopWriter.get().frames(at.alloc(), packets, framing, deflateFrom);
        if (frames.readableBytes() <= Frames.DIRECT) {
            at.write(frames, at.voidPromise());
        } else {
            rest = frames;
        }
    }

    private void writePiece(ByteBuf frames) {
        if (frames.readableBytes() <= PIECE) {
            rest = null;
            at.write(frames, at.voidPromise());
        } else {
            at.write(frames.readRetainedSlice(PIECE), at.voidPromise());
        }
    }

    private void writeLast() {
        var done = whenDone;
        var frame = last;
        if (done != null && frame != null) {
            whenDone = null;
            at.writeAndFlush(frame).addListener(written -> done.run());
        }
    }

    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            if (!reading) {
                LoopWriter.get().flushSoon(this, at.executor());
            }
        }
    }
}
