package dev.parley.server.adapter;

import java.util.Map;
import java.util.Set;

/**
 * What is kept of a client that was lost.
 *
 * @param sid  its socket's id
 * @param pid  its secret name for coming back
 * @param data what the application kept with it
 */
public record PersistedSession(String sid, String pid, Set<String> rooms, Map<String, Object> data) {
    public PersistedSession {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
