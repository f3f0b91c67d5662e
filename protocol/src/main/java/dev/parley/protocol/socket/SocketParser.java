package dev.parley.protocol.socket;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;
import java.util.Optional;

/**
 * Encodes Socket.IO packets as Engine.IO messages and decodes them. Both sides of a connection must use the same. Safe from any
 * thread; its decoders are not.
 */
public interface SocketParser {
    /** Returns the Engine.IO messages of a packet, in order: a new list of new packets. */
    List<EnginePacket> encode(SocketPacket packet);

    /** Returns a decoder for one connection. */
    Decoder decoder(SocketLimits limits);

    /** Returns the default parser: JSON text, and attachments as binary messages after it. */
    static SocketParser json() {
        return new SocketParser() {
            @Override
            public List<EnginePacket> encode(SocketPacket packet) {
                return SocketEncoder.encode(packet);
            }

            @Override
            public Decoder decoder(SocketLimits limits) {
                return new SocketDecoder(limits);
            }
        };
    }

    /** Decodes the packets of one connection. Throws {@code MalformedPacketException} on malformed packets. */
    interface Decoder {
        /** Decodes a text message; empty if the packet is incomplete. */
        Optional<SocketPacket> decode(EnginePacket.Message message);

        /** Decodes a binary message; empty if the packet is incomplete. */
        Optional<SocketPacket> decode(EnginePacket.Binary binary);

        /** Returns the bytes held of a packet that is incomplete. */
        default long incomplete() {
            return 0;
        }
    }
}
