package dev.parley.protocol.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The deadlines of a session, and the instant at which its owner will feed a tick. */
final class SessionDeadlines {
    @Nullable Instant pingAt;
    @Nullable Instant pongBy;
    @Nullable Instant upgradeBy;
    @Nullable Instant lingerBy;
    @Nullable Instant respondToPostBy;
    private @Nullable Instant armedWake;

    static boolean due(@Nullable Instant deadline, Instant now) {
        return deadline != null && !deadline.isAfter(now);
    }

    void clear() {
        pingAt = null;
        pongBy = null;
        upgradeBy = null;
        lingerBy = null;
        respondToPostBy = null;
    }

    void woken() {
        armedWake = null;
    }

    /** Returns the earliest deadline if it is before the next tick, else null: a later one can wait for that tick. */
    @Nullable Instant newWake() {
        Instant earliest = earlier(earlier(earlier(pingAt, pongBy), earlier(upgradeBy, lingerBy)),
                respondToPostBy);
        if (earliest == null || (armedWake != null && !earliest.isBefore(armedWake))) {
            return null;
        }
        armedWake = earliest;
        return earliest;
    }

    static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }
}
