package dev.parley.protocol.session;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import java.util.List;

/**
 * Decodes the packets that a client receives, in its revision of Engine.IO. Throws {@code MalformedPacketException} on malformed packets.
 * Safe from any thread.
 *
 * @param maxPackets maximum number of packets in a poll response
 */
record ClientDecoder(EngineRevision revision, int maxPackets) {

    List<EnginePacket> payload(String body) {
        return switch (revision) {
            case V3 -> Engine3Codec.decodePayload(body, maxPackets);
            case V4 -> EngineCodec.decodePayload(body, maxPackets);
        };
    }

    List<EnginePacket> payload(byte[] body) {
        return Engine3Codec.decodeBinaryPayload(body, maxPackets);
    }

    EnginePacket frame(String text) {
        return switch (revision) {
            case V3 -> Engine3Codec.decode(text);
            case V4 -> EngineCodec.decode(text);
        };
    }

    EnginePacket frame(byte[] data) {
        return switch (revision) {
            case V3 -> Engine3Codec.decode(data);
            case V4 -> new EnginePacket.Binary(data);
        };
    }
}
