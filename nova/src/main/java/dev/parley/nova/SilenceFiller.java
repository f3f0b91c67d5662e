package dev.parley.nova;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Supplies silence while no audio comes from the browser: the model answers only while audio flows, and ends a stream without any. Not
 * thread-safe.
 */
final class SilenceFiller {

    private static final Duration GAP = Duration.ofMillis(250);
    private static final Duration EVERY = Duration.ofMillis(96);
    private static final int BYTES = 96 * 32;

    private Instant due = Instant.MAX;

    /** Notes that a stream is open and wants audio. */
    void begin(Instant now) {
        if (due.equals(Instant.MAX)) {
            due = now.plus(GAP);
        }
    }

    /** Notes that audio came from the browser. */
    void heard(Instant now) {
        due = now.plus(GAP);
    }

    /** Returns the next piece of silence, if it is time for it. */
    Optional<byte[]> fill(Instant now) {
        if (now.isBefore(due)) {
            return Optional.empty();
        }
        due = now.plus(EVERY);
        return Optional.of(new byte[BYTES]);
    }

    /** Returns when the next piece is due, or {@link Instant#MAX}. */
    Instant due() {
        return due;
    }
}
