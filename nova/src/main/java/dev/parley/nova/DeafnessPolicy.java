package dev.parley.nova;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides what happens to speech for which a stream returns no text. The stream may have stalled, or the sound was none that it could
 * understand: another stream hears it once more, and then it is given up. After a change of streams that helped nothing the next one has to
 * wait, longer each time, from a minute up to eight. Not thread-safe.
 */
final class DeafnessPolicy {

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(8);

    private Duration wait = FIRST_WAIT;
    private Instant notBefore = Instant.MIN;
    private boolean streamFailed;

    /** The decision. */
    enum Verdict {
        /** There is no such speech, or not for long enough. */
        WAIT,
        /** Another stream has to hear it. */
        MOVE,
        /** It was given up, and probably was no speech. */
        NOISE,
        /** It was given up, though the user probably spoke. */
        LOST
    }

    /** Judges the audio that this stream has not recognised, and drops what is given up. */
    Verdict judge(ChainStream stream, UnrecognisedAudio audio, Instant now) {
        if (stream.connectedAt.isEmpty()) {
            return Verdict.WAIT;
        }
        Instant listening = stream.connectedAt.orElseThrow();
        audio.dropNoise(listening, now);
        if (!audio.unheard(listening, now)) {
            return Verdict.WAIT;
        }
        boolean heardTwice = audio.since().orElse(now).isBefore(stream.openedAt);
        if (!heardTwice && !now.isBefore(notBefore)) {
            return Verdict.MOVE;
        }
        audio.forget();
        if (!heardTwice) {
            return Verdict.NOISE;
        }
        notBefore = now.plus(wait);
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        boolean lost = streamFailed;
        streamFailed = false;
        return lost ? Verdict.LOST : Verdict.NOISE;
    }

    /** Notes that a text has arrived. */
    void heard() {
        wait = FIRST_WAIT;
        notBefore = Instant.MIN;
        streamFailed = false;
    }

    /** Notes that a stream failed. {@code speech} says whether the user had spoken without a text. */
    void failed(boolean speech) {
        streamFailed |= speech;
    }
}
