package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.engine.EngineRevision;
import java.time.Duration;
import java.time.Instant;

/**
 * The heartbeat of a session. In Engine.IO 4 the server pings, and the pong is due after {@code pingTimeout}; in Engine.IO 3 the client
 * pings, and its ping is due after {@code pingInterval + pingTimeout}. Not thread-safe.
 */
final class Heartbeat {
    private final SessionOptions options;
    private final SessionDeadlines deadlines;
    private final Effects<SessionEffect> effects;
    private final boolean clientPings;
    /** Whether the time for the pong was extended, so that it measures no round trip. */
    private boolean extended;

    Heartbeat(EngineRevision revision, SessionOptions options, SessionDeadlines deadlines,
            Effects<SessionEffect> effects) {
        this.clientPings = revision == EngineRevision.V3;
        this.options = options;
        this.deadlines = deadlines;
        this.effects = effects;
    }

    boolean clientPings() {
        return clientPings;
    }

    void start(Instant now) {
        if (clientPings) {
            pingReceived(now);
        } else {
            deadlines.pingAt = now.plus(options.pingInterval());
        }
    }

    /** Engine.IO v3, "Timeouts": the client's next ping is due after the interval and the timeout. */
    void pingReceived(Instant now) {
        deadlines.pongBy = now.plus(options.pingInterval()).plus(options.pingTimeout());
    }

    void pongReceived(Instant now) {
        var pongBy = deadlines.pongBy;
        if (pongBy != null) {
            if (!extended) {
                var pinged = pongBy.minus(options.pingTimeout());
                effects.add(new SessionEffect.RoundTrip(Duration.between(pinged, now)));
            }
            effects.add(new SessionEffect.Heartbeat());
        }
        extended = false;
        deadlines.pongBy = null;
        deadlines.pingAt = now.plus(options.pingInterval());
    }

    /** Returns whether a ping is due now, and awaits its pong. */
    boolean pingIsDue(Instant now) {
        if (!SessionDeadlines.due(deadlines.pingAt, now)) {
            return false;
        }
        deadlines.pingAt = null;
        deadlines.pongBy = now.plus(options.pingTimeout());
        return true;
    }

    boolean isOverdue(Instant now) {
        return SessionDeadlines.due(deadlines.pongBy, now);
    }

    /** Gives the client {@code pingTimeout} from now. */
    void extend(Instant now) {
        extended = true;
        deadlines.pongBy = now.plus(options.pingTimeout());
    }

    /** Gives the client {@code pingTimeout} from now if it has less: its pong may have been unread until now. */
    void readingResumed(Instant now) {
        if (deadlines.pongBy != null && deadlines.pongBy.isBefore(now.plus(options.pingTimeout()))) {
            extend(now);
        }
    }
}
