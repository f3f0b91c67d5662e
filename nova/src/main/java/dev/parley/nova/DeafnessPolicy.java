package dev.parley.nova;

import dev.parley.voice.ModelEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides what happens to speech for which a stream returns no text. The stream may have stalled, or the sound was none that it could
 * understand: another stream hears it once more, and then it is given up. The next such change of streams has to wait, longer each time,
 * from a minute up to eight, unless a change has helped. If no other stream can be opened, {@value #TRIES} are tried. Not thread-safe.
 */
final class DeafnessPolicy {

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(8);

    private static final int TRIES = 3;

    private Duration wait = FIRST_WAIT;
    private Instant notBefore = Instant.MIN;
    /** When another stream was last opened, the beginning of the speech that it has to hear, and how often one was opened for that. */
    private Instant movedAt = Instant.MIN;
    private Instant movedFor = Instant.MIN;
    private int tries;
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

    /** Returns whether the stream has returned no text for what the user said, all of which has come, so that another stream must hear it. */
    boolean moves(ChainStream stream, UnrecognisedAudio audio, SilenceFiller silence, ChainEffects out,
            Instant now) {
        boolean waits = silence.awaitsLostAudio(audio.since().isPresent(), now);
        Verdict verdict = waits ? Verdict.WAIT : judge(stream, audio, now);
        if (verdict == Verdict.LOST) {
            out.emit(new ModelEvent.QuestionLost());
        }
        return verdict == Verdict.MOVE;
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
        Instant since = audio.since().orElse(now);
        boolean heardTwice = since.isBefore(stream.openedAt);
        if (!heardTwice && mayMove(since, now)) {
            return Verdict.MOVE;
        }
        audio.forget();
        boolean lost = heardTwice ? streamFailed : since.equals(movedFor);
        streamFailed &= !heardTwice;
        return lost ? Verdict.LOST : Verdict.NOISE;
    }

    private boolean mayMove(Instant since, Instant now) {
        if (since.equals(movedFor)) { // no other stream could be opened
            movedAt = now;
            return ++tries <= TRIES;
        }
        if (now.isBefore(notBefore)) {
            return false;
        }
        movedAt = now;
        movedFor = since;
        tries = 1;
        notBefore = now.plus(wait);
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        return true;
    }

    /**
     * Notes that a text has arrived on this stream. A change of streams has helped if the next one returns a text before the user speaks
     * again; any other text may be that of later words.
     */
    void heard(ChainStream stream, UnrecognisedAudio audio, Instant now) {
        streamFailed = false;
        if (stream.openedAt.equals(movedAt) && audio.quietFor(Duration.between(movedAt, now), now)) {
            wait = FIRST_WAIT;
            notBefore = Instant.MIN;
        }
    }

    /** Notes that a stream failed. {@code speech} says whether the user had spoken without a text. */
    void failed(boolean speech) {
        streamFailed |= speech;
    }
}
