package dev.parley.doctor.probe;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Polling bodies of both revisions. */
final class Packets {
    private static final int MOST = 4_096;

    private Packets() {}

    static String write(int revision, List<EnginePacket> packets) {
        return revision == 3 ? Engine3Codec.encodePayload(packets) : EngineCodec.encodePayload(packets);
    }

    static String write(int revision, EnginePacket packet) {
        return write(revision, List.of(packet));
    }

    /** Empty if that is no body of Engine.IO. */
    static Optional<List<EnginePacket>> read(int revision, byte[] body) {
        try {
            if (revision == 3 && body.length > 0 && body[0] <= 1) {
                return Optional.of(Engine3Codec.decodeBinaryPayload(body, MOST));
            }
            String text = new String(body, StandardCharsets.UTF_8);
            return Optional.of(revision == 3 ? Engine3Codec.decodePayload(text, MOST)
                    : EngineCodec.decodePayload(text, MOST));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }
}
