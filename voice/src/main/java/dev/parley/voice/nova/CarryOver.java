package dev.parley.voice.nova;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest of what the user said that no answer covers yet: a new stream hears it again, so that no word is lost. Bounded; the oldest
 * goes. Not thread-safe.
 */
final class CarryOver {

    /** A pause that separates two utterances. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** What is kept from before the first loud sound: words begin softly. */
    private static final Duration LEAD = Duration.ofMillis(300);
    /** Loud sound that nobody has recognised after this long a silence was no speech. */
    private static final Duration NOISE = Duration.ofSeconds(8);
    private static final int BYTES_PER_MILLI = 32;

    private final Loudness loudness = new Loudness();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int bytes;
    private @Nullable Instant onset;
    private @Nullable Instant lastSpeech;
    private @Nullable Instant unansweredSince;

    private record Piece(byte[] pcm, Instant at) {}

    void add(byte[] pcm, Instant now, Duration keep) {
        if (loudness.speech(pcm)) {
            if (lastSpeech == null || now.isAfter(lastSpeech.plus(PAUSE))) {
                onset = now;
            }
            lastSpeech = now;
            if (unansweredSince == null) {
                unansweredSince = now;
            }
        } else if (quietFor(NOISE, now)) {
            unansweredSince = null;
        }
        pieces.add(new Piece(pcm, now));
        bytes += pcm.length;
        trim((int) keep.toMillis() * BYTES_PER_MILLI);
    }

    /** The user's words so far have been recognised: what is left is an utterance that goes on. */
    void recognised(Instant now) {
        Instant goingOn = onset;
        if (goingOn == null || lastSpeech == null || now.isAfter(lastSpeech.plus(PAUSE))) {
            clear();
            return;
        }
        while (!pieces.isEmpty() && pieces.getFirst().at().isBefore(goingOn.minus(LEAD))) {
            bytes -= pieces.removeFirst().pcm().length;
        }
        unansweredSince = goingOn;
    }

    /** Since when there has been speech that was not recognised yet. */
    Optional<Instant> unansweredSince() {
        return Optional.ofNullable(unansweredSince);
    }

    /** Whether nothing but silence came for this long. */
    boolean quietFor(Duration time, Instant now) {
        return lastSpeech == null || !now.isBefore(lastSpeech.plus(time));
    }

    /** Whether all speech that was not recognised yet is still kept. */
    boolean whole() {
        return unansweredSince == null
                || (!pieces.isEmpty() && !pieces.getFirst().at().isAfter(unansweredSince));
    }

    List<byte[]> pieces() {
        return pieces.stream().map(Piece::pcm).toList();
    }

    private void clear() {
        pieces.clear();
        bytes = 0;
        onset = null;
        unansweredSince = null;
    }

    private void trim(int most) {
        while (bytes > most && !pieces.isEmpty()) {
            bytes -= pieces.removeFirst().pcm().length;
        }
    }
}
