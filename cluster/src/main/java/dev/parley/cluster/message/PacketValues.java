package dev.parley.cluster.message;

import dev.parley.protocol.socket.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code packet} of a broadcast: an event packet of Socket.IO before it is encoded. Stateless; any thread. */
final class PacketValues {
    private static final int EVENT = 2;
    private static final int BINARY_EVENT = 5;

    private PacketValues() {}

    static ObjectNode tree(Arguments event) {
        var packet = Values.object();
        packet.put("type", EVENT);
        packet.set("data", EventValues.tree(event));
        return packet;
    }

    static Arguments read(JsonNode packet, MessageLimits limits) {
        int type = Values.requireObject(packet).path("type").asInt(-1);
        if (type != EVENT && type != BINARY_EVENT) {
            throw new MalformedMessageException("a packet that is not an event");
        }
        return EventValues.socketEvent(packet.path("data"), limits);
    }
}
