package dev.parley.protocol.session;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import java.util.List;

/**
 * Decodes the payloads and frames of one revision of Engine.IO, on either side. Its methods throw {@link MalformedPacketException} for
 * malformed packets. Safe from any thread.
 *
 * @param maxPackets maximum number of packets in a payload
 */
public record RevisionDecoder(EngineRevision revision, int maxPackets) {

    /** Decodes a payload that was sent as text. */
    public List<EnginePacket> payload(String body) {
        return switch (revision) {
            case V3 -> Engine3Codec.decodePayload(body, maxPackets);
            case V4 -> EngineCodec.decodePayload(body, maxPackets);
        };
    }

    /** Decodes a binary payload, which only revision 3 has. */
    public List<EnginePacket> payload(byte[] body) {
        if (revision != EngineRevision.V3) {
            throw new MalformedPacketException("revision 4 has no binary payloads");
        }
        return Engine3Codec.decodeBinaryPayload(body, maxPackets);
    }

    /** Decodes a text frame of a WebSocket. In both revisions it can be binary data as base64. */
    public EnginePacket frame(String text) {
        return switch (revision) {
            case V3 -> Engine3Codec.decode(text);
            case V4 -> EngineCodec.decode(text);
        };
    }

    /** Decodes a binary frame of a WebSocket. */
    public EnginePacket frame(byte[] data) {
        return switch (revision) {
            case V3 -> Engine3Codec.decode(data);
            case V4 -> new EnginePacket.Binary(data);
        };
    }
}
