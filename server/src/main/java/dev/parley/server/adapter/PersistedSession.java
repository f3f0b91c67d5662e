package dev.parley.server.adapter;

import java.util.Map;
import java.util.Set;

/**
 * The state of a lost client that is kept for its recovery.
 *
 * @param sid  id of its socket
 * @param pid  secret id with which the client asks for recovery
 * @param data data that the application attached to the socket
 */
public record PersistedSession(String sid, String pid, Set<String> rooms, Map<String, Object> data) {
    public PersistedSession {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
