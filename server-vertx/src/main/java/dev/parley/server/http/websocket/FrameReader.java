package dev.parley.server.http.websocket;

import dev.parley.server.engine.WebSocketViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client sends on its WebSocket, RFC 6455, section 5: bytes become whole messages and control frames. Not thread-safe. A
 * frame is not begun before all of it is there, and what waits for the rest is bounded by the largest message; between messages nothing
 * is held, and control frames do not count against the message that they interrupt.
 */
final class FrameReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    /** Credit of a client for one turn of its event loop. A frame costs 1, and another 1 for each {@link #CREDIT_BYTES}. */
    static final int TURN = 32;
    private static final int CREDIT_BYTES = 1024;

    private final int maxMessage;
    private final boolean deflated;
    private final Receiver receiver;
    private @Nullable ByteBuf waiting;
    private @Nullable Fragments fragments;
    private boolean closed;
    private boolean paused;
    private final @Nullable FrameRate rate;
    /** Credit that this turn began with. */
    private int granted = TURN;
    /** Credit left in this turn. */
    private int credit = TURN;
    /** Whether frames may wait that were not delivered. */
    private boolean stopped;

    /**
     * Creates a reader.
     *
     * @param deflated whether messages may be compressed
     * @param rate     how fast frames are read; null for as fast as they come
     */
    FrameReader(int maxMessage, boolean deflated, @Nullable FrameRate rate, Receiver receiver) {
        this.rate = rate;
        this.maxMessage = maxMessage;
        this.deflated = deflated;
        this.receiver = receiver;
    }

    /** Reads bytes and releases them. */
    void read(ByteBufAllocator allocator, ByteBuf bytes) {
        var in = bytes;
        try {
            if (closed) {
                return;
            }
            var before = waiting;
            if (before != null) {
                waiting = null;
                // If this fails, it has released the new bytes only.
                in = before;
                in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, before, bytes);
            }
            while (!paused && credit > 0 && frame(in)) {
                // One after the other.
            }
            stopped = paused || credit <= 0;
            if (!closed && in.isReadable()) {
                // A few bytes must not hold the large buffer that they were read into.
                waiting = before == null ? allocator.buffer(in.readableBytes()).writeBytes(in) : in.retain();
            }
        } finally {
            in.release();
        }
    }

    /** Delivers no frames, not even those already read, until {@link #goOn}. */
    void pause() {
        paused = true;
    }

    /** Ends a pause, and delivers frames that were read before and during it, as far as this turn's credit allows. */
    void goOn(ByteBufAllocator allocator) {
        paused = false;
        var rest = waiting;
        if (stopped && credit > 0 && rest != null) {
            waiting = null;
            read(allocator, rest);
        }
    }

    /** Returns whether bytes wait because the client has used its credit. No frame is delivered until {@link #nextTurn}. */
    boolean turnIsOver() {
        return credit <= 0 && waiting != null;
    }

    /** Returns for how long the client has to wait for its next turn, in nanoseconds, because it sends too fast; zero if it need not. */
    long pauseNanos() {
        if (rate == null) {
            return 0;
        }
        settle(rate);
        return rate.untilAvailable(TURN);
    }

    /** Renews the credit of the client. */
    void nextTurn() {
        if (rate == null) {
            credit = TURN;
            return;
        }
        settle(rate);
        granted = Math.min(TURN, rate.available());
        credit = granted;
    }

    /** Pays for the frames of this turn. */
    private void settle(FrameRate paid) {
        paid.spend(granted - credit);
        granted = credit;
    }

    /** Returns the number of bytes of incomplete messages, and of those read during a pause. */
    int held() {
        return (waiting == null ? 0 : waiting.readableBytes())
                + (fragments == null ? 0 : fragments.bytes.size());
    }

    /** Discards the bytes that wait and all later ones. */
    void end() {
        closed = true;
        fragments = null;
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }

    /** Reads one frame. Returns false when it is incomplete or the last. */
    private boolean frame(ByteBuf in) {
        int there = in.readableBytes();
        if (closed || there < 2) {
            return false;
        }
        int at = in.readerIndex();
        int first = in.getByte(at);
        int second = in.getByte(at + 1);
        var violation = violation(first, second);
        if (violation != null) {
            return fault(violation);
        }
        long length = second & FrameBits.LENGTH;
        int head = 6;
        long shorter = -1;
        if (length == FrameBits.LENGTH_16) {
            if (there < 4) {
                return false;
            }
            head = 8;
            shorter = FrameBits.MAX_SHORT;
            length = in.getUnsignedShort(at + 2);
        } else if (length == FrameBits.LENGTH_64) {
            if (there < 10) {
                return false;
            }
            head = 14;
            shorter = FrameBits.MAX_16;
            length = in.getLong(at + 2);
        }
        if (length <= shorter) {
            return fault(
                    length < 0 ? WebSocketViolation.LENGTH_NEGATIVE : WebSocketViolation.LENGTH_NOT_MINIMAL);
        }
        if (length > room(first)) {
            return fault(WebSocketViolation.MESSAGE_TOO_LARGE);
        }
        if (there < head + length) {
            return false;
        }
        in.skipBytes(head + (int) length);
        credit -= 1 + (int) length / CREDIT_BYTES;
        payload(in, at + head, (int) length, first);
        return !closed;
    }

    private @Nullable WebSocketViolation violation(int first, int second) {
        int opcode = first & FrameBits.OPCODE;
        if ((second & FrameBits.MASK) == 0) {
            return WebSocketViolation.UNMASKED;
        }
        if ((first & FrameBits.RSV2_AND_3) != 0) {
            return WebSocketViolation.RESERVED_BIT;
        }
        return FrameBits.isControl(opcode) ? controlViolation(opcode, first, second & FrameBits.LENGTH)
                : dataViolation(opcode, (first & FrameBits.RSV1) != 0);
    }

    private static @Nullable WebSocketViolation controlViolation(int opcode, int first, int length) {
        if (opcode > FrameBits.PONG) {
            return WebSocketViolation.RESERVED_OPCODE;
        }
        if ((first & FrameBits.RSV1) != 0) {
            return WebSocketViolation.COMPRESSED_CONTROL;
        }
        if ((first & FrameBits.FIN) == 0) {
            return WebSocketViolation.FRAGMENTED_CONTROL;
        }
        return length > FrameBits.MAX_SHORT ? WebSocketViolation.LONG_CONTROL : null;
    }

    private @Nullable WebSocketViolation dataViolation(int opcode, boolean compressed) {
        if (opcode > FrameBits.BINARY) {
            return WebSocketViolation.RESERVED_OPCODE;
        }
        if (compressed && !deflated) {
            return WebSocketViolation.COMPRESSION_NOT_NEGOTIATED;
        }
        if (opcode != FrameBits.CONTINUATION) {
            return fragments == null ? null : WebSocketViolation.UNFINISHED_MESSAGE;
        }
        if (compressed) {
            return WebSocketViolation.COMPRESSED_CONTINUATION;
        }
        return fragments == null ? WebSocketViolation.NOTHING_TO_CONTINUE : null;
    }

    /** Returns the maximum length of a frame. A control frame may come between the fragments of a message, and is no part of it. */
    private long room(int first) {
        if (FrameBits.isControl(first & FrameBits.OPCODE)) {
            return FrameBits.MAX_SHORT;
        }
        var gathered = fragments;
        if (gathered == null) {
            return (first & FrameBits.RSV1) == 0 ? maxMessage : MessageDeflate.maxCompressed(maxMessage);
        }
        long most = gathered.compressed ? MessageDeflate.maxCompressed(maxMessage) : maxMessage;
        return most - gathered.bytes.size();
    }

    private void payload(ByteBuf in, int from, int length, int first) {
        int opcode = first & FrameBits.OPCODE;
        boolean whole = (first & FrameBits.FIN) != 0;
        boolean compressed = (first & FrameBits.RSV1) != 0;
        // Text is borrowed, since it becomes something else at once; binary is handed over.
        boolean borrowed = whole && opcode == FrameBits.TEXT && !compressed && length <= LoopWriter.SCRATCH;
        byte[] bytes = borrowed ? LoopWriter.get().scratch() : new byte[length];
        in.getBytes(from, bytes, 0, length);
        unmask(bytes, length, in.getIntLE(from - 4));
        if (FrameBits.isControl(opcode)) {
            receiver.control(opcode, bytes);
        } else if (opcode != FrameBits.CONTINUATION && whole) {
            deliver(opcode == FrameBits.TEXT, compressed, bytes, length);
        } else {
            fragment(opcode, compressed, whole, bytes);
        }
    }

    private void fragment(int opcode, boolean compressed, boolean last, byte[] bytes) {
        var gathered = fragments;
        if (gathered == null) {
            gathered = new Fragments(opcode == FrameBits.TEXT, compressed);
            fragments = gathered;
        }
        gathered.bytes.writeBytes(bytes);
        if (last) {
            fragments = null;
            byte[] message = gathered.bytes.toByteArray();
            deliver(gathered.text, gathered.compressed, message, message.length);
        }
    }

    private void deliver(boolean text, boolean compressed, byte[] bytes, int length) {
        byte[] message = bytes;
        int size = length;
        if (compressed) {
            var inflated = LoopWriter.get().deflate().inflate(bytes, maxMessage);
            var violation = inflated.violation();
            if (violation != null) {
                fault(violation);
                return;
            }
            message = inflated.message();
            size = message.length;
            credit -= size / CREDIT_BYTES;
        }
        if (text) {
            receiver.text(message, size);
        } else {
            receiver.binary(message);
        }
    }

    private boolean fault(WebSocketViolation violation) {
        end();
        receiver.fault(violation);
        return false;
    }

    private static void unmask(byte[] bytes, int length, int mask) {
        long twice = (mask & 0xffff_ffffL) | ((long) mask << 32);
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            LONG.set(bytes, at, (long) LONG.get(bytes, at) ^ twice);
        }
        for (; at < length; at++) {
            bytes[at] ^= (byte) (mask >>> (8 * (at & 3)));
        }
    }

    /** Receives the messages and control frames. After a fault nothing is called. */
    interface Receiver {
        /** Receives a whole text message. The bytes belong to the reader and are valid during the call. */
        void text(byte[] borrowed, int length);

        /** Receives a whole binary message. The bytes belong to the receiver. */
        void binary(byte[] bytes);

        /** Receives a control frame: a close (8), a ping (9) or a pong (10). */
        void control(int opcode, byte[] payload);

        /** Reports that the client violated the protocol. The last call. */
        void fault(WebSocketViolation violation);
    }

    private static final class Fragments {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final boolean text;
        private final boolean compressed;

        Fragments(boolean text, boolean compressed) {
            this.text = text;
            this.compressed = compressed;
        }
    }
}
