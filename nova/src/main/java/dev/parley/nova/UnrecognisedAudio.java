package dev.parley.nova;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user's latest audio of which no text has arrived: a new stream hears it again, so that no word is lost. Not thread-safe. Bounded by
 * the length that the caller gives with each piece: the oldest audio is dropped.
 *
 * <p>
 * A text says nothing of the audio that it was recognised in. It is taken for all speech so far, with one exception: the words after a
 * pause that was long enough to end a turn, if the user is still in the middle of them. Such words are kept until their own text arrives,
 * or the answer begins after their end.
 */
final class UnrecognisedAudio {

    /** A pause between two stretches of speech, and the silence after which speech has ended. */
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** A pause that ends a turn at any setting of the service: the shortest is 1.5 s. */
    private static final Duration TURN_PAUSE = Duration.ofMillis(1_400);
    /** Length of what is kept from before the first loud audio: words begin softly. */
    private static final Duration LEAD = Duration.ofMillis(300);
    /** Loud audio that was not recognised within this silence was no speech. */
    private static final Duration NOISE = Duration.ofSeconds(8);
    /** The service returns the text of speech earlier than this after its end. */
    private static final Duration UNHEARD = Duration.ofSeconds(5);
    private static final int BYTES_PER_MILLI = 32;
    /** Loud audio of this length is more than a click or a cough. */
    private static final int SPEECH_BYTES = 300 * BYTES_PER_MILLI;

    private final SpeechDetector detector = new SpeechDetector();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int bytes;
    private int loudBytes;
    private boolean textNew;
    private @Nullable Instant lastSpeech;
    private @Nullable Instant since;
    /** The longest pause in the speech that was not recognised yet, and the first speech after it. */
    private Duration longestPause = Duration.ZERO;
    private Instant afterPause = Instant.MIN;

    private record Piece(byte[] pcm, Instant at) {}

    /** @param keep maximum length of the audio that is kept */
    void add(byte[] pcm, Instant now, Duration keep) {
        if (detector.speech(pcm)) {
            speech(pcm, now);
        }
        pieces.add(new Piece(pcm, now));
        bytes += pcm.length;
        while (bytes > (int) keep.toMillis() * BYTES_PER_MILLI) {
            bytes -= pieces.removeFirst().pcm().length;
        }
    }

    private void speech(byte[] pcm, Instant now) {
        if (since == null || lastSpeech == null) {
            begin(now);
        } else {
            Duration pause = Duration.between(lastSpeech, now);
            if (pause.compareTo(PAUSE) >= 0 && pause.compareTo(longestPause) >= 0) {
                longestPause = pause;
                afterPause = now;
            }
        }
        lastSpeech = now;
        loudBytes += pcm.length;
    }

    private void begin(Instant onset) {
        since = onset;
        loudBytes = 0;
        longestPause = Duration.ZERO;
    }

    /** Notes that a text has arrived: drops what was recognised, and keeps words that go on or have just ended after a pause. */
    void recognised(Instant now) {
        textNew = true;
        Duration silence = lastSpeech == null ? Duration.ZERO : Duration.between(lastSpeech, now);
        Duration ended = silence.compareTo(PAUSE) < 0 ? PAUSE : TURN_PAUSE;
        if (since == null || longestPause.compareTo(ended) < 0 || longestPause.compareTo(silence) <= 0) {
            forget();
            return;
        }
        while (!pieces.isEmpty() && pieces.getFirst().at().isBefore(afterPause.minus(LEAD))) {
            bytes -= pieces.removeFirst().pcm().length;
        }
        begin(afterPause);
        loudBytes = SPEECH_BYTES;
    }

    /** Notes that an answer begins or goes on. Where it answers a new text, speech that ended before it belongs to the same turn. */
    void answered(Instant now) {
        if (textNew && quietFor(PAUSE, now)) {
            forget();
        }
        textNew = false;
    }

    /** Drops everything. */
    void forget() {
        pieces.clear();
        bytes = 0;
        since = null;
    }

    /** Returns the beginning of the speech that was not recognised yet, if there is any. */
    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /** Returns whether the user has been silent for this long. */
    boolean quietFor(Duration time, Instant now) {
        return lastSpeech == null || !now.isBefore(lastSpeech.plus(time));
    }

    /** Returns whether all speech that was not recognised yet is still kept. */
    boolean complete() {
        return since == null || (!pieces.isEmpty() && !pieces.getFirst().at().isAfter(since));
    }

    /** Returns whether the beginning of the speech that was not recognised yet had to be dropped; true once for each loss. */
    boolean beginningLost() {
        boolean lost = !complete();
        if (lost) {
            since = pieces.isEmpty() ? null : pieces.getFirst().at();
        }
        return lost;
    }

    /** Returns whether loud audio lasted as long as a word. */
    boolean speech() {
        return since != null && loudBytes >= SPEECH_BYTES;
    }

    /** Returns whether a stream that has been listening since {@code listening} has returned no text of speech for longer than the service takes. */
    boolean unheard(Instant listening, Instant now) {
        return speech() && longAgo(UNHEARD, listening, now);
    }

    /** Forgets that there was loud audio, if it was too short for speech and was not recognised for long. The audio itself is kept. */
    void dropNoise(Instant listening, Instant now) {
        if (since != null && !speech() && longAgo(NOISE, listening, now)) {
            since = null;
        }
    }

    private boolean longAgo(Duration wait, Instant listening, Instant now) {
        return quietFor(wait, now) && !now.isBefore(listening.plus(wait));
    }

    /** Returns the audio that a new stream hears. The first reply of that stream is no new text. */
    List<byte[]> forNextStream() {
        textNew = false;
        return pieces.stream().map(Piece::pcm).toList();
    }
}
