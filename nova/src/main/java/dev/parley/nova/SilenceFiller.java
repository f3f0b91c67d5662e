package dev.parley.nova;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Supplies silence while no audio comes from the browser: the model answers only while audio flows, and ends a stream without any after
 * 55 s. Where audio that the network loses comes later, silence waits in the middle of speech, so that it does not end the sentence. Not
 * thread-safe.
 */
final class SilenceFiller {

    private static final Duration GAP = Duration.ofMillis(250);
    private static final Duration GAP_IN_SPEECH = Duration.ofSeconds(20);
    private static final Duration EVERY = Duration.ofMillis(96);
    private static final int BYTES = 96 * 32;

    private final boolean replay;
    private Instant due = Instant.MAX;
    private Instant heard = Instant.MIN;

    /** @param replay whether audio that the network loses comes later */
    SilenceFiller(boolean replay) {
        this.replay = replay;
    }

    /** Notes that a stream is open and wants audio. */
    void begin(Instant now) {
        if (due.equals(Instant.MAX)) {
            due = now.plus(GAP);
        }
    }

    /** Notes that audio came from the browser. */
    void heard(Instant now) {
        heard = now;
        due = now.plus(GAP);
    }

    /**
     * Returns the next piece of silence, if it is time for it.
     *
     * @param speaking whether the user's latest speech was not recognised yet
     */
    Optional<byte[]> fill(boolean speaking, Instant now) {
        if (now.isBefore(due(speaking))) {
            return Optional.empty();
        }
        due = now.plus(EVERY);
        return Optional.of(new byte[BYTES]);
    }

    /** Returns when the next piece is due, or {@link Instant#MAX}. */
    Instant due(boolean speaking) {
        Instant later = replay && speaking ? heard.plus(GAP_IN_SPEECH) : Instant.MIN;
        return later.isAfter(due) ? later : due;
    }

    /** Returns whether there is a gap in the user's speech whose audio may still come. */
    boolean awaitsLostAudio(boolean speaking, Instant now) {
        return !now.isBefore(due) && now.isBefore(due(speaking));
    }
}
