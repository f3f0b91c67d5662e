package dev.parley.protocol.engine;

import dev.parley.protocol.MalformedPacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a session's client sends, in the client's revision. What does not decode is null. */
record Inbound(EngineRevision revision, int maxPackets) {
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
            if (revision == EngineRevision.V3) {
                return Engine3Codec.decode(text);
            }
            var packet = EngineCodec.decode(text);
            // "b" and base64 belong to polling; on a WebSocket binary is a frame of its own.
            return packet instanceof EnginePacket.Binary ? null : packet;
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
