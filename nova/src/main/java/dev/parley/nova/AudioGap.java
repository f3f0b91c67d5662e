package dev.parley.nova;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when silence takes the place of the user's audio: the model answers only while audio flows, and ends a stream without any after
 * 55 s. Where lost audio comes later, silence waits in the middle of speech, so that it does not end the sentence. Not thread-safe.
 */
final class AudioGap {

    /** Length of one piece of silence. */
    static final Duration PIECE = Duration.ofMillis(96);

    private static final Duration LENGTH = Duration.ofMillis(250);
    private static final Duration IN_SPEECH = Duration.ofSeconds(20);

    private final boolean replay;
    private Instant due = Instant.MAX;
    private Instant heard = Instant.MIN;

    /** @param replay whether audio that the network loses comes later */
    AudioGap(boolean replay) {
        this.replay = replay;
    }

    void heard(Instant now) {
        heard = now;
        due = now.plus(LENGTH);
    }

    /** A stream was opened, the first one perhaps before there was any audio. */
    void opened(Instant now) {
        if (due.equals(Instant.MAX)) {
            due = now.plus(LENGTH);
        }
    }

    /** A piece of silence was sent. */
    void filled(Instant now) {
        due = now.plus(PIECE);
    }

    /**
     * Returns when the next piece of silence is due.
     *
     * @param speaking whether the user's latest speech was not recognised yet
     */
    Instant due(boolean speaking) {
        Instant later = replay && speaking ? heard.plus(IN_SPEECH) : Instant.MIN;
        return later.isAfter(due) ? later : due;
    }
}
