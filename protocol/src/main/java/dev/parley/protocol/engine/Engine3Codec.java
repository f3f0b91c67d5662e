package dev.parley.protocol.engine;

import dev.parley.protocol.MalformedPacketException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The encodings of Engine.IO 3, where they differ from {@link EngineCodec}. A text payload has each packet after its length in UTF-16 units
 * and a colon, with binary as {@code b4} and base64. A binary payload has each packet after a byte for text (0) or binary (1), the digits
 * of its length in bytes, one per byte, and 255. A binary packet begins with its type, the byte 4. Stateless; safe from any thread.
 * Throws {@link MalformedPacketException} on malformed packets.
 */
public final class Engine3Codec {
    private static final byte MESSAGE = 4;
    private static final int TEXT = 0;
    private static final int BINARY = 1;
    private static final int END_OF_LENGTH = 255;
    private static final int MAX_DIGITS = 9;
    private static final String NO_PACKETS = "0:";

    private Engine3Codec() {}

    /** Returns the text of one packet, for a WebSocket text frame or a text payload. */
    public static String encode(EnginePacket packet) {
        return packet instanceof EnginePacket.Binary binary
                ? "b4" + Base64.getEncoder().encodeToString(binary.data())
                : EngineCodec.encode(packet);
    }

    /**
     * Decodes a packet from text; binary is base64.
     *
     * @throws MalformedPacketException if the text is no packet
     */
    public static EnginePacket decode(String text) {
        if (!text.startsWith("b")) {
            return EngineCodec.decode(text);
        }
        if (!text.startsWith("b4")) {
            throw new MalformedPacketException("binary that is no message");
        }
        return new EnginePacket.Binary(EngineCodec.base64(text.substring(2)));
    }

    /** Returns the bytes of a binary message, for a WebSocket binary frame or a binary payload. */
    public static byte[] encode(EnginePacket.Binary packet) {
        byte[] frame = new byte[1 + packet.data().length];
        frame[0] = MESSAGE;
        System.arraycopy(packet.data(), 0, frame, 1, packet.data().length);
        return frame;
    }

    /**
     * Decodes a binary message from a WebSocket binary frame.
     *
     * @throws MalformedPacketException if the bytes are no binary message
     */
    public static EnginePacket.Binary decode(byte[] frame) {
        if (frame.length == 0 || frame[0] != MESSAGE) {
            throw new MalformedPacketException("binary that is no message");
        }
        return new EnginePacket.Binary(Arrays.copyOfRange(frame, 1, frame.length));
    }

    /** Returns the text payload of these packets, for a client that accepts text only. */
    public static String encodePayload(List<EnginePacket> packets) {
        if (packets.isEmpty()) {
            return NO_PACKETS;
        }
        var payload = new StringBuilder();
        for (EnginePacket packet : packets) {
            String text = encode(packet);
            payload.append(text.length()).append(':').append(text);
        }
        return payload.toString();
    }

    /**
     * Decodes the packets of a text payload.
     *
     * @throws MalformedPacketException if it is malformed, or has more than {@code maxPackets} packets
     */
    public static List<EnginePacket> decodePayload(String body, int maxPackets) {
        if (body.isEmpty()) {
            throw new MalformedPacketException("empty payload");
        }
        var packets = new ArrayList<EnginePacket>();
        if (body.equals(NO_PACKETS)) {
            return packets;
        }
        int at = 0;
        while (at < body.length()) {
            int from = at;
            int length = 0;
            for (; at < body.length() && body.charAt(at) != ':'; at++) {
                length = longer(length, body.charAt(at) - '0', at - from);
            }
            if (at == from || length > body.length() - at - 1) {
                throw new MalformedPacketException("a length that is wrong");
            }
            requireRoom(packets, maxPackets);
            packets.add(decode(body.substring(at + 1, at + 1 + length)));
            at += 1 + length;
        }
        return packets;
    }

    /** Returns the binary payload of these packets, for a client that accepts binary. */
    public static byte[] encodeBinaryPayload(List<EnginePacket> packets) {
        var payload = new ByteArrayOutputStream();
        for (EnginePacket packet : packets) {
            boolean binary = packet instanceof EnginePacket.Binary;
            byte[] bytes = packet instanceof EnginePacket.Binary message ? encode(message)
                    : EngineCodec.encode(packet).getBytes(StandardCharsets.UTF_8);
            payload.write(binary ? BINARY : TEXT);
            for (char digit : Integer.toString(bytes.length).toCharArray()) {
                payload.write(digit - '0');
            }
            payload.write(END_OF_LENGTH);
            payload.writeBytes(bytes);
        }
        return payload.toByteArray();
    }

    /**
     * Decodes the packets of a binary payload.
     *
     * @throws MalformedPacketException if it is malformed, or has more than {@code maxPackets} packets
     */
    public static List<EnginePacket> decodeBinaryPayload(byte[] body, int maxPackets) {
        if (body.length == 0) {
            throw new MalformedPacketException("empty payload");
        }
        var packets = new ArrayList<EnginePacket>();
        int at = 0;
        while (at < body.length) {
            int kind = body[at++];
            int from = at;
            int length = 0;
            for (; at < body.length && (body[at] & 0xff) != END_OF_LENGTH; at++) {
                length = longer(length, body[at], at - from);
            }
            if (at == from || length > body.length - at - 1 || (kind != TEXT && kind != BINARY)) {
                throw new MalformedPacketException("a length that is wrong");
            }
            requireRoom(packets, maxPackets);
            byte[] bytes = Arrays.copyOfRange(body, at + 1, at + 1 + length);
            packets.add(kind == BINARY ? decode(bytes) : EngineCodec.decode(utf8(bytes)));
            at += 1 + length;
        }
        return packets;
    }

    /** Returns whether a packet is binary, so that a client that accepts binary needs a binary payload. */
    public static boolean hasBinary(List<EnginePacket> packets) {
        for (EnginePacket packet : packets) {
            if (packet instanceof EnginePacket.Binary) {
                return true;
            }
        }
        return false;
    }

    private static int longer(int length, int digit, int digits) {
        if (digit < 0 || digit > 9 || digits >= MAX_DIGITS) {
            throw new MalformedPacketException("a length that is no number");
        }
        return length * 10 + digit;
    }

    private static void requireRoom(List<EnginePacket> packets, int maxPackets) {
        if (packets.size() == maxPackets) {
            throw new MalformedPacketException("too many packets in one payload");
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedPacketException("text that is not UTF-8");
        }
    }
}
