package dev.parley.server.http;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;

/** Packets as whole WebSocket frames, head and content in one buffer: RFC 6455, section 5.2, final, not masked. */
final class Frames {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int MESSAGE = 4;

    private Frames() {}

    static ByteBuf encode(ByteBufAllocator allocator, EnginePacket packet, Framing framing) {
        return switch (packet) {
            case EnginePacket.Binary binary when framing == Framing.V3_BASE64 ->
                text(allocator, Engine3Codec.encode(packet));
            case EnginePacket.Binary binary when framing == Framing.V3 -> {
                var frame = head(allocator, BINARY, 1 + binary.data().length);
                yield frame.writeByte(MESSAGE).writeBytes(binary.data());
            }
            case EnginePacket.Binary binary -> {
                var frame = head(allocator, BINARY, binary.data().length);
                yield frame.writeBytes(binary.data());
            }
            case EnginePacket.Message message -> {
                // The runtime's own encoder is far quicker than walking the text twice, and the copy short-lived.
                byte[] text = message.text().getBytes(StandardCharsets.UTF_8);
                yield head(allocator, TEXT, 1 + text.length).writeByte('4').writeBytes(text);
            }
            default -> text(allocator, EngineCodec.encode(packet));
        };
    }

    /** The same as an object of Netty's, for its compressor. */
    static WebSocketFrame frame(ByteBufAllocator allocator, EnginePacket packet, Framing framing) {
        var whole = encode(allocator, packet, framing);
        boolean text = (whole.readByte() & 0xff) == TEXT;
        int length = whole.readByte();
        whole.skipBytes(length == 126 ? 2 : length == 127 ? 8 : 0);
        return text ? new TextWebSocketFrame(whole) : new BinaryWebSocketFrame(whole);
    }

    private static ByteBuf text(ByteBufAllocator allocator, String text) {
        var frame = head(allocator, TEXT, ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(frame, text);
        return frame;
    }

    private static ByteBuf head(ByteBufAllocator allocator, int kind, int length) {
        var frame = allocator.ioBuffer(10 + length).writeByte(kind);
        if (length < 126) {
            return frame.writeByte(length);
        }
        return length < 65_536 ? frame.writeByte(126).writeShort(length)
                : frame.writeByte(127).writeLong(length);
    }
}
