package dev.parley.server.adapter;

import java.util.Map;
import java.util.Set;

/**
 * A socket as other servers may see it.
 *
 * @param handshake as a JSON object
 * @param data      what the application keeps with it
 */
public record SocketDescription(String id, String handshake, Set<String> rooms, Map<String, Object> data) {
    public SocketDescription {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
