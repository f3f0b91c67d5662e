package dev.parley.cascade;

import dev.parley.voice.language.GenerationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides when a failed request is repeated. Not thread-safe. */
final class Retries {

    /** Maximum number of repetitions of one request. */
    static final int MOST = 2;
    /** The longest time after which a repetition is still worth the wait. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private Instant at = Instant.MAX;
    private int made;

    /** Begins to count anew, for another request. */
    void reset() {
        at = Instant.MAX;
        made = 0;
    }

    /** Plans a repetition, if one helps. Returns whether it did. */
    boolean plan(GenerationFailure failure, Instant now) {
        Duration pause = failure.retryAfter().isZero() ? FIRST_PAUSE.multipliedBy(1L << made)
                : failure.retryAfter();
        if (!failure.retryable() || made >= MOST || pause.compareTo(LONGEST_PAUSE) > 0) {
            return false;
        }
        made++;
        at = now.plus(pause);
        return true;
    }

    boolean planned() {
        return !at.equals(Instant.MAX);
    }

    /** Returns whether a repetition is due. It is then no longer planned. */
    boolean due(Instant now) {
        boolean due = !now.isBefore(at);
        if (due) {
            at = Instant.MAX;
        }
        return due;
    }

    void drop() {
        at = Instant.MAX;
    }

    Optional<Instant> next() {
        return planned() ? Optional.of(at) : Optional.empty();
    }
}
