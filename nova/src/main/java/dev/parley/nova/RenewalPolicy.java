package dev.parley.nova;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when a stream is left for the next one. From {@code renewAfter} on it waits for quiet. From {@code forceAfter} on it takes any
 * moment in which no answer is in progress and all audio that was not recognised yet can be heard again. At {@code cutAfter} it waits no
 * longer.
 */
final class RenewalPolicy {

    private final ChainOptions options;

    RenewalPolicy(ChainOptions options) {
        this.options = options;
    }

    boolean due(ChainStream stream, CarriedTurns turns, UnrecognisedAudio audio, Instant now) {
        Instant renew = renewAt(stream);
        if (stream.connectedAt.isEmpty() || now.isBefore(renew)) {
            return false;
        }
        if (!now.isBefore(renew.plus(options.cutAfter().minus(options.renewAfter())))) {
            return true;
        }
        if (!now.isBefore(renew.plus(options.forceAfter().minus(options.renewAfter())))) {
            return turns.settled(Duration.ZERO, now) && audio.complete();
        }
        return turns.settled(options.quiet(), now) && audio.since().isEmpty()
                && audio.quietFor(options.quiet(), now);
    }

    /** Credentials that are never refreshed must not make every quiet point a change of streams: hence the lower bound. */
    private Instant renewAt(ChainStream stream) {
        Instant aged = stream.openedAt.plus(options.renewAfter());
        Instant soonest = stream.openedAt.plus(options.renewAfter().dividedBy(4));
        return stream.credentialsEnd.map(end -> end.minus(options.credentialMargin()))
                .filter(ends -> ends.isBefore(aged))
                .map(ends -> ends.isBefore(soonest) ? soonest : ends)
                .orElse(aged);
    }
}
