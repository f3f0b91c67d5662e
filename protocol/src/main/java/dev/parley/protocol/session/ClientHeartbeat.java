package dev.parley.protocol.session;

import dev.parley.protocol.Durations;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EngineRevision;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the heartbeat: tells when the server counts as lost, and in revision 3 when the next ping is due. Without an
 * announced interval there is no heartbeat. Not thread-safe.
 */
final class ClientHeartbeat {
    private final EngineRevision revision;
    private Duration interval = Duration.ZERO;
    private Duration timeout = Duration.ZERO;
    private @Nullable Instant pingAt;
    private @Nullable Instant silentBy;

    ClientHeartbeat(EngineRevision revision) {
        this.revision = revision;
    }

    void start(EngineHandshake handshake, Instant now) {
        interval = Durations.bounded(handshake.pingInterval());
        timeout = Durations.bounded(handshake.pingTimeout());
        heard(now);
        ponged(now);
    }

    void stop() {
        interval = Duration.ZERO;
        pingAt = null;
        silentBy = null;
    }

    /** Records that the server sent any packet. */
    void heard(Instant now) {
        if (interval.isPositive()) {
            silentBy = now.plus(interval).plus(timeout);
        }
    }

    /** Records that the server sent a pong. */
    void ponged(Instant now) {
        if (revision == EngineRevision.V3 && interval.isPositive()) {
            pingAt = now.plus(interval);
        }
    }

    /** Records that the client sends a ping. Engine.IO 3, "Heartbeat": the server has {@code pingTimeout} to respond. */
    void pinged(Instant now) {
        pingAt = null;
        silentBy = now.plus(timeout);
    }

    boolean pingIsDue(Instant now) {
        return SessionDeadlines.due(pingAt, now);
    }

    boolean serverHasGone(Instant now) {
        return SessionDeadlines.due(silentBy, now);
    }

    @Nullable Instant next() {
        return SessionDeadlines.earlier(pingAt, silentBy);
    }
}
