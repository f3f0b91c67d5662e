package dev.parley.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Message of {@code application/vnd.amazon.eventstream}. Consists of its length, the length of its headers and a checksum of both; headers;
 * payload; a checksum of everything. Header values are texts, bytes and timestamps; no other types are used here.
 */
record Frame(Map<String, Object> headers, byte[] payload) {

    static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;
    private static final int BYTES = 6;
    private static final int TEXT = 7;
    private static final int TIMESTAMP = 8;

    String text(String name) {
        return headers.get(name) instanceof String text ? text : "";
    }

    byte[] encoded() {
        byte[] head = encode(headers);
        int length = PRELUDE + head.length + payload.length + CHECKSUM;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(length).putInt(head.length);
        out.putInt(checksum(out.array(), 0, 8));
        out.put(head).put(payload);
        out.putInt(checksum(out.array(), 0, length - CHECKSUM));
        return out.array();
    }

    /**
     * Parses one whole message.
     *
     * @throws IllegalArgumentException if its checksums do not match or a header cannot be read
     */
    static Frame decoded(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        int length = in.getInt();
        int headLength = in.getInt();
        require(in.getInt() == checksum(message, 0, 8), "the checksum of a message's prelude is wrong");
        require(length == message.length && headLength >= 0 && headLength <= length - PRELUDE - CHECKSUM,
                "the lengths of a message do not fit");
        require(ByteBuffer.wrap(message).getInt(length - CHECKSUM) == checksum(message, 0, length - CHECKSUM),
                "the checksum of a message is wrong");
        byte[] head = new byte[headLength];
        in.get(head);
        byte[] payload = new byte[length - PRELUDE - CHECKSUM - headLength];
        in.get(payload);
        return new Frame(headers(ByteBuffer.wrap(head)), payload);
    }

    static byte[] encode(Map<String, Object> headers) {
        var out = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            byte[] named = name.getBytes(StandardCharsets.UTF_8);
            out.write(named.length);
            out.writeBytes(named);
            switch (value) {
                case byte[] bytes -> sized(out, BYTES, bytes);
                case Instant at -> {
                    out.write(TIMESTAMP);
                    out.writeBytes(ByteBuffer.allocate(8).putLong(at.toEpochMilli()).array());
                }
                default -> sized(out, TEXT, value.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    private static void sized(ByteArrayOutputStream out, int type, byte[] value) {
        out.write(type);
        out.write(value.length >> 8);
        out.write(value.length);
        out.writeBytes(value);
    }

    private static Map<String, Object> headers(ByteBuffer in) {
        var headers = new LinkedHashMap<String, Object>();
        while (in.hasRemaining()) {
            byte[] name = new byte[in.get() & 0xff];
            require(name.length < in.remaining(), "a header does not fit");
            in.get(name);
            headers.put(new String(name, StandardCharsets.UTF_8), value(in));
        }
        return headers;
    }

    private static Object value(ByteBuffer in) {
        int type = in.get();
        require(in.remaining() >= 2, "a header does not fit");
        if (type == TIMESTAMP) {
            require(in.remaining() >= 8, "a header does not fit");
            return Instant.ofEpochMilli(in.getLong());
        }
        require(type == BYTES || type == TEXT, "a header is of a type that is not used here");
        byte[] value = new byte[in.getShort() & 0xffff];
        require(value.length <= in.remaining(), "a header does not fit");
        in.get(value);
        return type == TEXT ? new String(value, StandardCharsets.UTF_8) : value;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
