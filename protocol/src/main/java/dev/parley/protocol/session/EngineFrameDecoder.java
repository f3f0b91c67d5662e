package dev.parley.protocol.session;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the payloads and frames of a client, in its revision. Returns null for malformed ones. */
record EngineFrameDecoder(EngineRevision revision, int maxPackets) {
    @Nullable List<EnginePacket> payload(String body) {
        try {
            return revision == EngineRevision.V4 ? EngineCodec.decodePayload(body, maxPackets)
                    : Engine3Codec.decodePayload(body, maxPackets);
        } catch (MalformedPacketException e) {
            return null;
        }
    }

    @Nullable List<EnginePacket> payload(byte[] body) {
        try {
            return revision == EngineRevision.V4 ? null : Engine3Codec.decodeBinaryPayload(body, maxPackets);
        } catch (MalformedPacketException e) {
            return null;
        }
    }

    @Nullable EnginePacket frame(String text) {
        try {
            // In both revisions, a client that uses text only sends binary as base64 on WebSocket too.
            return revision == EngineRevision.V3 ? Engine3Codec.decode(text) : EngineCodec.decode(text);
        } catch (MalformedPacketException e) {
            return null;
        }
    }

    @Nullable EnginePacket frame(byte[] data) {
        try {
            return revision == EngineRevision.V4 ? new EnginePacket.Binary(data) : Engine3Codec.decode(data);
        } catch (MalformedPacketException e) {
            return null;
        }
    }
}
