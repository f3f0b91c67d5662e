package dev.parley.voice.nova;

import java.time.Duration;
import java.time.Instant;

/**
 * When a stream is left for the next one. From {@code renewAfter} on it waits for quiet; from {@code forceAfter} on any moment will do in
 * which nothing is being answered and all that was not understood yet can be heard again; at {@code cutAfter} it waits no longer.
 */
final class Renewal {

    private final RelayOptions options;

    Renewal(RelayOptions options) {
        this.options = options;
    }

    boolean due(Leg leg, Turns turns, CarryOver carry, Instant now) {
        Instant renew = renewAt(leg);
        if (!leg.connected || now.isBefore(renew)) {
            return false;
        }
        if (!now.isBefore(renew.plus(options.cutAfter().minus(options.renewAfter())))) {
            return true;
        }
        if (!now.isBefore(renew.plus(options.forceAfter().minus(options.renewAfter())))) {
            return turns.settled(Duration.ZERO, now) && carry.whole();
        }
        return turns.settled(options.quiet(), now) && carry.unansweredSince().isEmpty()
                && carry.quietFor(options.quiet(), now);
    }

    /** Credentials that are never renewed must not make every quiet point a change. */
    private Instant renewAt(Leg leg) {
        Instant aged = leg.openedAt.plus(options.renewAfter());
        Instant soonest = leg.openedAt.plus(options.renewAfter().dividedBy(4));
        return leg.credentialsEnd.map(end -> end.minus(options.credentialMargin()))
                .filter(ends -> ends.isBefore(aged))
                .map(ends -> ends.isBefore(soonest) ? soonest : ends)
                .orElse(aged);
    }
}
