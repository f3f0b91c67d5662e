package dev.parley.talk;

import java.util.Arrays;

/** Finds where the sound of a recording ends, by its energy alone. */
final class Loudness {
    private static final int FRAMES_A_SECOND = 50;
    /** Quieter than this is silence in any recording. */
    private static final double FLOOR_DB = -55;
    /** How far below the loudest moment speech may fall. */
    private static final double RANGE_DB = 35;
    /** How far above the recording's own noise speech must be. */
    private static final double ABOVE_NOISE_DB = 8;
    /** Speech is at least this near to the loudest moment, so a noise that never stops cannot hide it. */
    private static final double NEAR_DB = 10;

    private Loudness() {}

    /** The number of samples up to the end of the last 20 ms that are not silent; 0 if all of it is silence. A lone click is none. */
    static int endOfSpeech(short[] samples, int rate) {
        int frame = rate / FRAMES_A_SECOND;
        double[] levels = levels(samples, frame);
        double[] sorted = levels.clone();
        Arrays.sort(sorted);
        double loudest = sorted[sorted.length - 1];
        if (loudest < FLOOR_DB) {
            return 0;
        }
        double noise = sorted[sorted.length / 10];
        double threshold = Math.max(Math.max(FLOOR_DB, loudest - RANGE_DB),
                Math.min(noise + ABOVE_NOISE_DB, loudest - NEAR_DB));
        for (int i = levels.length - 1; i > 0; i--) {
            if (levels[i] >= threshold && levels[i - 1] >= threshold) {
                return Math.min(samples.length, (i + 1) * frame);
            }
        }
        return samples.length;
    }

    private static double[] levels(short[] samples, int frame) {
        double[] levels = new double[Math.max(1, (samples.length + frame - 1) / frame)];
        for (int i = 0; i < levels.length; i++) {
            double sum = 0;
            int end = Math.min(samples.length, (i + 1) * frame);
            for (int k = i * frame; k < end; k++) {
                sum += (double) samples[k] * samples[k];
            }
            levels[i] = 10 * Math.log10(Math.max(1e-9, sum / frame) / (32_768.0 * 32_768.0));
        }
        return levels;
    }
}
