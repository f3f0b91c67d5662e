package dev.parley.talk;

import java.util.Arrays;

/** Finds the end of speech in a recording by its energy. */
final class SpeechEndDetector {
    private static final int FRAMES_A_SECOND = 50;
    /** Lower levels are silence in any recording. */
    private static final double FLOOR_DB = -55;
    /** Speech is at most this far below the loudest frame. */
    private static final double RANGE_DB = 35;
    /** Speech is at least this far above the noise of the recording. */
    private static final double ABOVE_NOISE_DB = 8;
    /** Frames this close to the loudest one are always speech, so continuous noise cannot hide it. */
    private static final double NEAR_DB = 10;

    private SpeechEndDetector() {}

    /** Returns the number of samples up to the end of the last 20 ms frame with speech; 0 for silence. A single click is not speech. */
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
