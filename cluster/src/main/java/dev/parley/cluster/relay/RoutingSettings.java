package dev.parley.cluster.relay;

import dev.parley.server.engine.SessionRouting;
import java.util.List;

/**
 * Settings of the routing of one server.
 *
 * @param secrets     the first signs, each of them verifies; none switches the routing off
 * @param listener    for other servers
 * @param addressHost the host at which other servers reach the listener; empty if they cannot
 * @param addressPort its port there; 0 for that of the listener
 */
public record RoutingSettings(List<byte[]> secrets, SessionRouting.Listener listener, String addressHost,
        int addressPort) {
    /** Copies the list. */
    public RoutingSettings {
        secrets = List.copyOf(secrets);
    }
}
