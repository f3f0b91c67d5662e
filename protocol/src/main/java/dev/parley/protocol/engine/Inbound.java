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
            // Both revisions: a client that was told to use text only sends binary as base64 on a WebSocket too.
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
