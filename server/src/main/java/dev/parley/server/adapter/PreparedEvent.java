package dev.parley.server.adapter;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.Arguments;
import java.util.List;

/**
 * An event encoded once, shared by all who get it. Immutable.
 *
 * @param packets the same instances for every receiver, so that a transport can keep what it makes of them
 */
public record PreparedEvent(Arguments event, List<EnginePacket> packets, boolean isVolatile) {
    public PreparedEvent {
        packets = packets instanceof SharedPackets ? packets : List.copyOf(packets);
    }
}
