package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.util.List;

/**
 * A session that came back.
 *
 * @param missed the events sent to it meanwhile, in order, each with its offset as last argument
 */
public record RestoredSession(PersistedSession session, List<Arguments> missed) {
    public RestoredSession {
        missed = List.copyOf(missed);
    }
}
