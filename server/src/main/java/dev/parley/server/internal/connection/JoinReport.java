package dev.parley.server.internal.connection;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.server.ServerListener;
import dev.parley.server.Socket;
import dev.parley.server.internal.context.ServerContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Reports to the server's listeners whether the client of one connection joined a namespace, was refused, or did neither in time. Belongs
 * to the session's loop.
 */
final class JoinReport {
    private final ServerContext server;
    private final String connection;
    private final InstantSource clock;
    private final Instant openedAt;
    private boolean joined;
    private boolean refused;
    private boolean timedOut;

    /** @param connection its name, as listeners know it */
    JoinReport(ServerContext server, String connection) {
        this.server = server;
        this.connection = connection;
        this.clock = server.clock();
        this.openedAt = clock.instant();
    }

    /** Returns the time since the connection was opened. */
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

    void left(Socket socket, CloseReason reason) {
        server.tell(listener -> listener.left(connection, socket, reason));
    }

    /** Reports a client that was refused. Does nothing after a timeout: a late decision of a middleware concerns no client. */
    void notConnected(ServerListener.ConnectFailure why) {
        if (timedOut) {
            return;
        }
        refused = true;
        server.tell(listener -> listener.notConnected(connection, why));
    }

    /**
     * Reports a timeout when the server ends the session of a client that never joined and was not refused. The server ends sessions for
     * other faults too.
     */
    void endedByServer() {
        boolean late = !clock.instant().isBefore(openedAt.plus(server.options().connectTimeout()));
        if (late && !joined && !refused) {
            notConnected(ServerListener.ConnectFailure.TIMEOUT);
            timedOut = true;
        }
    }
}
