package dev.parley.protocol.socket;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;
import java.util.Optional;

/**
 * How Socket.IO packets are written as Engine.IO messages and read from them. Both sides of a connection have to use the same. Safe from
 * any thread; its decoders are not.
 */
public interface SocketParser {
    /** A packet as the Engine.IO messages to send, in order; a new list of new packets. */
    List<EnginePacket> encode(SocketPacket packet);

    /** A decoder for one connection. */
    Decoder decoder(SocketLimits limits);

    /** The default one: JSON text, attachments as binary messages after it. */
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

    /** Reads the packets of one connection. What breaks the format is thrown as a {@code MalformedPacketException}. */
    interface Decoder {
        /** A text message: a packet, or nothing yet when more of it is to come. */
        Optional<SocketPacket> decode(EnginePacket.Message message);

        /** A binary message: a packet, or nothing yet. */
        Optional<SocketPacket> decode(EnginePacket.Binary binary);

        /** Bytes held of a packet that is not complete. */
        default long incomplete() {
            return 0;
        }
    }
}
