package dev.parley.protocol.engine;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** The instants a session waits for, and which of them its owner was told. */
final class SessionDeadlines {
    @Nullable Instant pingAt;
    @Nullable Instant pongBy;
    @Nullable Instant upgradeBy;
    @Nullable Instant lingerBy;
    @Nullable Instant answerPostBy;
    private @Nullable Instant told;

    static boolean due(@Nullable Instant deadline, Instant now) {
        return deadline != null && !deadline.isAfter(now);
    }

    void clear() {
        pingAt = null;
        pongBy = null;
        upgradeBy = null;
        lingerBy = null;
        answerPostBy = null;
    }

    void woken() {
        told = null;
    }

    /** The instant to wake at, when the owner has to be told: a later one than it knows can wait until it wakes. */
    @Nullable Instant newWake() {
        Instant earliest = earlier(earlier(earlier(pingAt, pongBy), earlier(upgradeBy, lingerBy)),
                answerPostBy);
        if (earliest == null || (told != null && !earliest.isBefore(told))) {
            return null;
        }
        told = earliest;
        return earliest;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }
}
