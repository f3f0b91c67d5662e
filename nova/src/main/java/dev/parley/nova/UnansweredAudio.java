package dev.parley.nova;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user's latest audio that was not recognised yet: a new stream hears it again, so that no word is lost. Bounded: the oldest is dropped.
 * Not thread-safe.
 */
final class UnansweredAudio {

    /** A pause that separates two utterances. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Length of what is kept from before the first loud audio: words begin softly. */
    private static final Duration LEAD = Duration.ofMillis(300);
    /** Loud audio that was not recognised within this silence was no speech. */
    private static final Duration NOISE = Duration.ofSeconds(8);
    private static final int BYTES_PER_MILLI = 32;

    private final SpeechDetector detector = new SpeechDetector();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int bytes;
    private @Nullable Instant onset;
    private @Nullable Instant lastSpeech;
    private @Nullable Instant unansweredSince;

    private record Piece(byte[] pcm, Instant at) {}

    void add(byte[] pcm, Instant now, Duration keep) {
        if (detector.speech(pcm)) {
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

    /** Drops what has been recognised, and keeps an utterance that goes on. */
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

    /** Returns the beginning of the speech that was not recognised yet, if there is any. */
    Optional<Instant> since() {
        return Optional.ofNullable(unansweredSince);
    }

    /** Whether the user has been silent for this long. */
    boolean quietFor(Duration time, Instant now) {
        return lastSpeech == null || !now.isBefore(lastSpeech.plus(time));
    }

    /** Whether all speech that was not recognised yet is still kept. */
    boolean complete() {
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

    private void trim(int maxBytes) {
        while (bytes > maxBytes && !pieces.isEmpty()) {
            bytes -= pieces.removeFirst().pcm().length;
        }
    }
}
