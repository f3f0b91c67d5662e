package dev.parley.protocol.session;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the payloads and frames of a client, in its revision. Returns null for malformed ones. */
record EngineFrameDecoder(RevisionDecoder decoder) {

    EngineFrameDecoder(EngineRevision revision, int maxPackets) {
        this(new RevisionDecoder(revision, maxPackets));
    }

    @Nullable List<EnginePacket> payload(String body) {
        try {
            return decoder.payload(body);
        } catch (MalformedPacketException e) {
            return null;
        }
    }

    @Nullable List<EnginePacket> payload(byte[] body) {
        try {
            return decoder.payload(body);
        } catch (MalformedPacketException e) {
            return null;
        }
    }

    @Nullable EnginePacket frame(String text) {
        try {
            return decoder.frame(text);
        } catch (MalformedPacketException e) {
            return null;
        }
    }

    @Nullable EnginePacket frame(byte[] data) {
        try {
            return decoder.frame(data);
        } catch (MalformedPacketException e) {
            return null;
        }
    }
}
