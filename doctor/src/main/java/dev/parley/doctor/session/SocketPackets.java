package dev.parley.doctor.session;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.SocketDecoder;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.protocol.socket.SocketPacket;
import java.util.Optional;

/** Reads Socket.IO packets without attachments, each on its own. Stateless; safe from any thread. */
public final class SocketPackets {
    private SocketPackets() {}

    /** Returns the Socket.IO packet of an Engine.IO packet; empty if there is none, or if attachments follow it. */
    public static Optional<SocketPacket> read(EnginePacket packet) {
        try {
            return packet instanceof EnginePacket.Message message
                    ? new SocketDecoder(SocketLimits.defaults()).decode(message)
                    : Optional.empty();
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }
}
