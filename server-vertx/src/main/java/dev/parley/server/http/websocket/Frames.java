package dev.parley.server.http.websocket;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Packets as whole WebSocket frames, all in one buffer: RFC 6455, section 5.2, final, not masked. Called on event loops. */
final class Frames {
    /** Maximum size in bytes of what is encoded into direct memory, and leaves in one piece. */
    static final int DIRECT = 2 * FrameWriter.PIECE;
    private static final int TEXT = FrameBits.FIN | FrameBits.TEXT;
    private static final int BINARY = FrameBits.FIN | FrameBits.BINARY;
    private static final int CLOSE = FrameBits.FIN | FrameBits.CLOSE;
    private static final int PONG = FrameBits.FIN | FrameBits.PONG;
    private static final int HEAD = 10;
    private static final int MESSAGE = 4;

    private Frames() {}

    /** Data bytes of packets, by and large. */
    static long weight(List<EnginePacket> packets) {
        long sum = 0;
        for (int i = 0; i < packets.size(); i++) {
            sum += packets.get(i).weight();
        }
        return sum;
    }

    /**
     * Returns the frames of packets in one buffer.
     *
     * @param deflateFrom minimum weight of a packet that is compressed
     */
    static ByteBuf encode(ByteBufAllocator allocator, List<EnginePacket> packets, Framing framing,
            int deflateFrom) {
        int size = Math.toIntExact(weight(packets) + (long) HEAD * packets.size());
        // Direct memory is scarce: what does not leave at once waits on the heap.
        var out = size <= DIRECT ? allocator.ioBuffer(size) : Unpooled.buffer(size);
        try {
            for (int i = 0; i < packets.size(); i++) {
                var packet = packets.get(i);
                if (packet.weight() >= deflateFrom && packet.compress()) {
                    compressed(out, packet, framing);
                } else {
                    encode(out, packet, framing);
                }
            }
            return out;
        } catch (Throwable e) {
            // Text that is not ASCII makes the buffer grow, for which there may be no memory.
            out.release();
            throw e;
        }
    }

    static ByteBuf pong(ByteBufAllocator allocator, byte[] payload) {
        return head(allocator.ioBuffer(HEAD + payload.length), PONG, payload.length).writeBytes(payload);
    }

    static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
        byte[] text = utf8(reason);
        return head(allocator.ioBuffer(HEAD + 2 + text.length), CLOSE, 2 + text.length).writeShort(code)
                .writeBytes(text);
    }

    private static void encode(ByteBuf out, EnginePacket packet, Framing framing) {
        switch (packet) {
            case EnginePacket.Binary binary when framing.textOnly() ->
                whole(out, TEXT, base64(binary, framing));
            case EnginePacket.Binary binary when framing == Framing.V3 ->
                head(out, BINARY, 1 + binary.data().length).writeByte(MESSAGE).writeBytes(binary.data());
            case EnginePacket.Binary binary -> whole(out, BINARY, binary.data());
            case EnginePacket.Message message when message.plain().isEmpty() -> {
                byte[] text = utf8(message.text());
                head(out, TEXT, 1 + text.length).writeByte('4').writeBytes(text);
            }
            case EnginePacket.Message message -> {
                int length = message.length();
                head(out, TEXT, 1 + length).writeByte('4');
                byte[] scratch = length <= LoopWriter.SCRATCH ? LoopWriter.get().scratch() : new byte[length];
                ascii(message, scratch);
                out.writeBytes(scratch, 0, length);
            }
            default -> whole(out, TEXT, utf8(EngineCodec.encode(packet)));
        }
    }

    private static void compressed(ByteBuf out, EnginePacket packet, Framing framing) {
        boolean binary = packet instanceof EnginePacket.Binary && !framing.textOnly();
        byte[] plain = switch (packet) {
            case EnginePacket.Binary message when framing.textOnly() -> base64(message, framing);
            case EnginePacket.Binary message when framing == Framing.V3 -> Engine3Codec.encode(message);
            case EnginePacket.Binary message -> message.data();
            default -> utf8(EngineCodec.encode(packet));
        };
        whole(out, (binary ? BINARY : TEXT) | FrameBits.RSV1, LoopWriter.get().deflate().compress(plain));
    }

    private static byte[] base64(EnginePacket packet, Framing framing) {
        return utf8(framing.revision() == EngineRevision.V4 ? EngineCodec.encode(packet)
                : Engine3Codec.encode(packet));
    }

    private static void whole(ByteBuf out, int kind, byte[] content) {
        head(out, kind, content.length).writeBytes(content);
    }

    private static ByteBuf head(ByteBuf out, int kind, int length) {
        out.writeByte(kind);
        if (length <= FrameBits.MAX_SHORT) {
            return out.writeByte(length);
        }
        return length <= FrameBits.MAX_16 ? out.writeByte(FrameBits.LENGTH_16).writeShort(length)
                : out.writeByte(FrameBits.LENGTH_64).writeLong(length);
    }

    /** All of it is ASCII, for which the runtime has no other way that makes no copy. */
    @SuppressWarnings("deprecation")
    private static void ascii(EnginePacket.Message message, byte[] to) {
        int at = 0;
        String text = message.before();
        text.getBytes(0, text.length(), to, at);
        at += text.length();
        text = message.plain();
        text.getBytes(0, text.length(), to, at);
        at += text.length();
        text = message.after();
        text.getBytes(0, text.length(), to, at);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
