package dev.parley.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client sends on its WebSocket, RFC 6455, section 5: bytes become whole messages and control frames. Not thread-safe. A
 * frame is not begun before all of it is there, and what waits for the rest is bounded by the largest message; between messages nothing
 * is held.
 */
final class FrameReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CONTROL = 8;
    private static final int MAX_CONTROL = 125;

    private final int maxMessage;
    private final boolean deflated;
    private final Receiver receiver;
    private @Nullable ByteBuf waiting;
    private @Nullable Fragments fragments;
    private boolean deaf;
    private boolean paused;

    /** @param deflated whether messages may come compressed */
    FrameReader(int maxMessage, boolean deflated, Receiver receiver) {
        this.maxMessage = maxMessage;
        this.deflated = deflated;
        this.receiver = receiver;
    }

    /** Takes the bytes over. */
    void read(ByteBufAllocator allocator, ByteBuf bytes) {
        var in = bytes;
        try {
            if (deaf) {
                return;
            }
            var before = waiting;
            if (before != null) {
                waiting = null;
                in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, before, bytes);
            }
            while (!paused && frame(in)) {
                // One after the other.
            }
            if (!deaf && in.isReadable()) {
                // A few bytes must not hold the large buffer that they were read into.
                waiting = before == null ? allocator.buffer(in.readableBytes()).writeBytes(in) : in.retain();
            }
        } finally {
            in.release();
        }
    }

    /** Hands out nothing more, also of what was read already, until {@link #goOn}. */
    void pause() {
        paused = true;
    }

    /** Hands out what was read before and during a pause. */
    void goOn(ByteBufAllocator allocator) {
        if (!paused) {
            return;
        }
        paused = false;
        var rest = waiting;
        if (rest != null) {
            waiting = null;
            read(allocator, rest);
        }
    }

    /** Bytes of messages that are not complete, and of those that were read during a pause. */
    int held() {
        return (waiting == null ? 0 : waiting.readableBytes())
                + (fragments == null ? 0 : fragments.bytes.size());
    }

    /** Throws away what waits and all that comes. */
    void end() {
        deaf = true;
        fragments = null;
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }

    /** Reads one frame; false when it is not complete or the last. */
    private boolean frame(ByteBuf in) {
        int there = in.readableBytes();
        if (deaf || there < 2) {
            return false;
        }
        int at = in.readerIndex();
        int first = in.getByte(at);
        int second = in.getByte(at + 1);
        if (!wellFormed(first, second)) {
            return fault(WebSocketCloseStatus.PROTOCOL_ERROR);
        }
        long length = second & 0x7f;
        int head = 6;
        if (length == 126) {
            head = 8;
            if (there < 4) {
                return false;
            }
            length = in.getUnsignedShort(at + 2);
        } else if (length == 127) {
            head = 14;
            if (there < 10) {
                return false;
            }
            length = in.getLong(at + 2);
        }
        if ((head == 8 && length <= 125) || (head == 14 && length <= 65_535)) {
            return fault(WebSocketCloseStatus.PROTOCOL_ERROR);
        }
        if (length > maxMessage - (fragments == null ? 0 : fragments.bytes.size())) {
            return fault(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        }
        if (there < head + length) {
            return false;
        }
        in.skipBytes(head + (int) length);
        payload(in, at + head, (int) length, first);
        return !deaf;
    }

    private boolean wellFormed(int first, int second) {
        int opcode = first & 0x0f;
        boolean whole = (first & 0x80) != 0;
        boolean compressed = (first & 0x40) != 0;
        if ((second & 0x80) == 0 || (first & 0x30) != 0) {
            return false;
        }
        if (opcode >= CONTROL) {
            return whole && !compressed && opcode <= CONTROL + 2 && (second & 0x7f) <= MAX_CONTROL;
        }
        return switch (opcode) {
            case CONTINUATION -> fragments != null && !compressed;
            case TEXT, BINARY -> fragments == null && (deflated || !compressed);
            default -> false;
        };
    }

    private void payload(ByteBuf in, int from, int length, int first) {
        int opcode = first & 0x0f;
        boolean whole = (first & 0x80) != 0;
        boolean compressed = (first & 0x40) != 0;
        // Text is borrowed, since it becomes something else at once; binary is handed over.
        boolean borrowed = whole && opcode == TEXT && !compressed && length <= LoopWriter.SCRATCH;
        byte[] bytes = borrowed ? LoopWriter.get().scratch() : new byte[length];
        in.getBytes(from, bytes, 0, length);
        unmask(bytes, length, in.getIntLE(from - 4));
        if (opcode >= CONTROL) {
            receiver.control(opcode, bytes);
        } else if (opcode != CONTINUATION && whole) {
            deliver(opcode == TEXT, compressed, bytes, length);
        } else {
            fragment(opcode, compressed, whole, bytes);
        }
    }

    private void fragment(int opcode, boolean compressed, boolean last, byte[] bytes) {
        var gathered = fragments;
        if (gathered == null) {
            gathered = new Fragments(opcode == TEXT, compressed);
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
            message = LoopWriter.get().deflate().inflate(bytes, maxMessage);
            if (message == null) {
                // Too large, or not what a compressor wrote; the client that did this can live with one status for both.
                fault(WebSocketCloseStatus.MESSAGE_TOO_BIG);
                return;
            }
            size = message.length;
        }
        if (text) {
            receiver.text(message, size);
        } else {
            receiver.binary(message);
        }
    }

    private boolean fault(WebSocketCloseStatus status) {
        end();
        receiver.fault(status);
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

    /** What comes of the bytes. After a fault nothing comes. */
    interface Receiver {
        /** A whole message. The bytes are the reader's, and good for the time of the call. */
        void text(byte[] borrowed, int length);

        /** A whole message. The bytes are the receiver's. */
        void binary(byte[] bytes);

        /** A close (8), a ping (9) or a pong (10). */
        void control(int opcode, byte[] payload);

        void fault(WebSocketCloseStatus status);
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
