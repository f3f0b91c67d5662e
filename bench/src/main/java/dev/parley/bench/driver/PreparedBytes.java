package dev.parley.bench.driver;

import dev.parley.bench.packet.PacketTexts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** The bytes that clients send, encoded once: masked WebSocket frames and HTTP requests. */
final class PreparedBytes {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private PreparedBytes() {}

    static ByteBuf text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuf binary(byte[] data) {
        return frame(BINARY, data);
    }

    /** An event with one string argument of this many characters of base64. */
    static String event(String name, int characters) {
        return PacketTexts.event("[\"" + name + "\",\"" + base64(characters) + "\"]");
    }

    /** Two frames in one buffer. */
    static ByteBuf both(ByteBuf first, ByteBuf second) {
        var bytes = new byte[first.readableBytes() + second.readableBytes()];
        first.getBytes(0, bytes, 0, first.readableBytes());
        second.getBytes(0, bytes, first.readableBytes(), second.readableBytes());
        return kept(bytes);
    }

    static byte[] noise(int bytes) {
        var data = new byte[bytes];
        new Random(42).nextBytes(data);
        return data;
    }

    static ByteBuf get(String path) {
        return request("GET", path, "");
    }

    static ByteBuf post(String path, String body) {
        return request("POST", path, body);
    }

    /** The request that turns a connection into a WebSocket. */
    static ByteBuf upgrade(String path) {
        return ascii("GET " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    private static ByteBuf request(String method, String path, String body) {
        String content = body.isEmpty() ? ""
                : "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + body.length() + "\r\n";
        return ascii(method + " " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nUser-Agent: bench\r\nConnection: keep-alive\r\n"
                + content + "\r\n" + body);
    }

    private static String base64(int characters) {
        return Base64.getEncoder().encodeToString(noise(characters)).substring(0, characters);
    }

    private static ByteBuf ascii(String text) {
        return kept(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuf frame(int kind, byte[] content) {
        var frame = Unpooled.buffer(14 + content.length).writeByte(kind);
        if (content.length < 126) {
            frame.writeByte(0x80 | content.length);
        } else if (content.length < 65_536) {
            frame.writeByte(0x80 | 126).writeShort(content.length);
        } else {
            frame.writeByte(0x80 | 127).writeLong(content.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < content.length; i++) {
            frame.writeByte(content[i] ^ MASK[i & 3]);
        }
        var bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return kept(bytes);
    }

    private static ByteBuf kept(byte[] bytes) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }
}
