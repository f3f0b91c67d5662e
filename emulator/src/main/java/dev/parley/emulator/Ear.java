package dev.parley.emulator;

import java.util.Optional;

/**
 * Detects utterances in audio at 16 kHz: loud sound that ends with a pause. Also measures the pitch, so that one tone can be told from
 * another. Not thread-safe.
 */
final class Ear {

    private static final double LOUD = 500;
    private static final int PAUSE = 16_000 * 4 / 10;
    private static final int SHORTEST = 16_000 / 5;

    private int sound;
    private int silence;
    private int crossings;
    private int last;

    /** Adds the next piece of audio; returns the pitch in hertz of an utterance that has just ended. */
    Optional<Integer> hear(byte[] pcm) {
        int samples = pcm.length / 2;
        if (rms(pcm) > LOUD) {
            sound += samples;
            silence = 0;
            count(pcm);
            return Optional.empty();
        }
        silence += samples;
        if (silence < PAUSE || sound == 0) {
            return Optional.empty();
        }
        int height = (int) (crossings * 8_000L / sound);
        boolean long1 = sound >= SHORTEST;
        sound = 0;
        crossings = 0;
        return long1 ? Optional.of((height + 5) / 10 * 10) : Optional.empty();
    }

    /** Returns whether the user is speaking. */
    boolean hearing() {
        return sound >= SHORTEST;
    }

    private void count(byte[] pcm) {
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            int sample = sample(pcm, i);
            if (sample >= 0 != last >= 0) {
                crossings++;
            }
            last = sample;
        }
    }

    private static double rms(byte[] pcm) {
        double sum = 0;
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            sum += (double) sample(pcm, i) * sample(pcm, i);
        }
        return Math.sqrt(sum / Math.max(1, pcm.length / 2));
    }

    private static int sample(byte[] pcm, int at) {
        return (pcm[at] & 0xff) | (pcm[at + 1] << 8);
    }
}
