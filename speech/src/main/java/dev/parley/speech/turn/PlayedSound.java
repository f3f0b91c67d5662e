package dev.parley.speech.turn;

import dev.parley.voice.audio.Pcm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The assistant's speech as sound with its times, so that a sound from the microphone can be compared with it. Holds, at 4 kHz, the sound
 * that is being heard, was heard within the last {@link #KEPT}, or was sent ahead. Not thread-safe.
 */
public final class PlayedSound {

    /** Samples per second that are kept: enough for the shape of a voice. */
    static final int RATE = 4_000;
    /** Time for which a sound is kept after it was heard. */
    static final Duration KEPT = Duration.ofSeconds(4);

    private static final int MAX_SAMPLES = 60 * RATE;

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int kept;

    private record Piece(Instant start, float[] samples) {
        Instant end() {
            return start.plusNanos(samples.length * 1_000_000_000L / RATE);
        }
    }

    /** Records a sound that is heard from that time on. Past a minute of sound, the oldest is dropped. */
    public void add(short[] samples, int rate, Instant start, Instant now) {
        var sound = decimated(Pcm.floats(samples), rate);
        while (!pieces.isEmpty()
                && (pieces.getFirst().end().isBefore(now.minus(KEPT)) || kept + sound.length > MAX_SAMPLES)) {
            kept -= pieces.removeFirst().samples().length;
        }
        pieces.add(new Piece(start, sound));
        kept += sound.length;
    }

    /** Records that nothing of what was sent is heard after that time. */
    public void stop(Instant now) {
        while (!pieces.isEmpty() && pieces.getLast().end().isAfter(now)) {
            var last = pieces.removeLast();
            kept -= last.samples().length;
            int heard = (int) samplesBetween(last.start(), now);
            if (heard > 0) {
                pieces.add(new Piece(last.start(), Arrays.copyOf(last.samples(), heard)));
                kept += heard;
                return;
            }
        }
    }

    /** Returns whether anything was heard between two times. */
    public boolean heardBetween(Instant from, Instant to) {
        return pieces.stream().anyMatch(piece -> piece.start().isBefore(to) && piece.end().isAfter(from));
    }

    /** Returns the sound between two times, with zeros where there was none. */
    public float[] between(Instant from, Instant to) {
        var sound = new float[(int) Math.max(0, samplesBetween(from, to))];
        for (Piece piece : pieces) {
            long at = samplesBetween(from, piece.start());
            int first = (int) Math.max(0, -at);
            for (int i = first; i < piece.samples().length && at + i < sound.length; i++) {
                sound[(int) at + i] = piece.samples()[i];
            }
        }
        return sound;
    }

    private static long samplesBetween(Instant from, Instant to) {
        return Math.round(Duration.between(from, to).toNanos() * (RATE / 1e9));
    }

    /** Averages over the samples of each 250 µs. */
    static float[] decimated(float[] samples, int rate) {
        int step = rate / RATE;
        var out = new float[samples.length / step];
        for (int i = 0; i < out.length; i++) {
            float sum = 0;
            for (int j = 0; j < step; j++) {
                sum += samples[i * step + j];
            }
            out[i] = sum / step;
        }
        return out;
    }
}
