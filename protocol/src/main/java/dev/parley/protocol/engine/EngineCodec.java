package dev.parley.protocol.engine;

import dev.parley.protocol.MalformedPacketException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The text encoding of Engine.IO 4: a digit and the data. Packets of a polling payload are separated by U+001E; binary is {@code b} with
 * base64. On WebSocket a binary packet is a binary frame, which needs no encoding, unless the client uses text only. Stateless; safe
 * from any thread. Throws {@link MalformedPacketException} on malformed packets.
 */
public final class EngineCodec {
    /** Separates the packets of a polling payload. */
    public static final char SEPARATOR = '\u001e';

    private EngineCodec() {}

    /** Returns the text of one packet, for a WebSocket frame or a polling payload. */
    public static String encode(EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Open open -> "0" + open.json();
            case EnginePacket.Close close -> "1";
            case EnginePacket.Ping ping -> "2" + ping.data();
            case EnginePacket.Pong pong -> "3" + pong.data();
            case EnginePacket.Message message -> "4" + message.before() + message.plain() + message.after();
            case EnginePacket.Binary binary -> "b" + Base64.getEncoder().encodeToString(binary.data());
            case EnginePacket.Upgrade upgrade -> "5";
            case EnginePacket.Noop noop -> "6";
        };
    }

    /**
     * Decodes a packet.
     *
     * @throws MalformedPacketException if the text is no packet
     */
    public static EnginePacket decode(String text) {
        if (text.isEmpty()) {
            throw new MalformedPacketException("empty packet");
        }
        if (text.charAt(0) == '4') {
            return TextFrames.message(text);
        }
        String data = text.substring(1);
        return switch (text.charAt(0)) {
            case '0' -> new EnginePacket.Open(data);
            case '1' -> bare(data, new EnginePacket.Close());
            case '2' -> new EnginePacket.Ping(data);
            case '3' -> new EnginePacket.Pong(data);
            case '5' -> bare(data, new EnginePacket.Upgrade());
            case '6' -> bare(data, new EnginePacket.Noop());
            case 'b' -> new EnginePacket.Binary(base64(data));
            default -> throw new MalformedPacketException("unknown packet type");
        };
    }

    /** Returns the polling payload of these packets. */
    public static String encodePayload(List<EnginePacket> packets) {
        if (packets.size() == 1) {
            return encode(packets.getFirst());
        }
        var payload = new StringBuilder();
        for (EnginePacket packet : packets) {
            if (!payload.isEmpty()) {
                payload.append(SEPARATOR);
            }
            payload.append(encode(packet));
        }
        return payload.toString();
    }

    /**
     * Decodes the packets of a polling payload, in order.
     *
     * @param maxPackets maximum number of packets; a larger payload is malformed
     */
    public static List<EnginePacket> decodePayload(String body, int maxPackets) {
        var packets = new ArrayList<EnginePacket>();
        int from = 0;
        while (true) {
            int separator = body.indexOf(SEPARATOR, from);
            if (packets.size() == maxPackets) {
                throw new MalformedPacketException("too many packets in one payload");
            }
            packets.add(decode(body.substring(from, separator < 0 ? body.length() : separator)));
            if (separator < 0) {
                return packets;
            }
            from = separator + 1;
        }
    }

    private static EnginePacket bare(String data, EnginePacket packet) {
        if (!data.isEmpty()) {
            throw new MalformedPacketException("data on a packet that has none");
        }
        return packet;
    }

    static byte[] base64(String data) {
        try {
            // The official Java client breaks base64 into lines of 76 characters.
            return Base64.getDecoder().decode(data.indexOf('\n') < 0 ? data : data.replace("\n", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedPacketException("binary that is not base64");
        }
    }
}
