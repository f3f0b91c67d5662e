package dev.parley.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells the server's listeners whether the client of one connection came into a namespace, was refused, or did neither in time. Belongs to
 * the session's loop.
 */
final class JoinReport {
    private final ServerCore server;
    private final String connection;
    private final InstantSource clock;
    private final Instant openedAt;
    private boolean joined;
    private boolean refused;
    private boolean timedOut;

    /** @param connection its name, as listeners know it */
    JoinReport(ServerCore server, String connection) {
        this.server = server;
        this.connection = connection;
        this.clock = server.clock();
        this.openedAt = clock.instant();
    }

    /** How long the connection has been open. */
    Duration age() {
        return Duration.between(openedAt, clock.instant());
    }

    void joined(Socket socket) {
        if (!joined) {
            joined = true;
            var took = age();
            server.tell(listener -> listener.connected(connection, took));
        }
        server.tell(listener -> listener.joined(connection, socket));
    }

    /** Says nothing after a timeout: what a middleware decides then is about nobody any more. */
    void notConnected(ServerListener.ConnectFailure why) {
        if (timedOut) {
            return;
        }
        refused = true;
        server.tell(listener -> listener.notConnected(connection, why));
    }

    /** The server ends sessions for other faults too: only of a client that never joined, and was not refused, it is a timeout. */
    void endedByServer() {
        boolean late = !clock.instant().isBefore(openedAt.plus(server.options().connectTimeout()));
        if (late && !joined && !refused) {
            notConnected(ServerListener.ConnectFailure.TIMEOUT);
            timedOut = true;
        }
    }
}
