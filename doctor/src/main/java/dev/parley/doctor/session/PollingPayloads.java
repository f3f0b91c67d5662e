package dev.parley.doctor.session;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Encodes and decodes polling payloads of Engine.IO 3 and 4. */
public final class PollingPayloads {
    private static final int MOST = 4_096;

    private PollingPayloads() {}

    public static String write(int revision, List<EnginePacket> packets) {
        return revision == 3 ? Engine3Codec.encodePayload(packets) : EngineCodec.encodePayload(packets);
    }

    public static String write(int revision, EnginePacket packet) {
        return write(revision, List.of(packet));
    }

    /** Returns the packets of a body, or empty if it is not an Engine.IO payload. */
    public static Optional<List<EnginePacket>> read(int revision, byte[] body) {
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
