package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SpeechEndDetectorTest {
    private static final int RATE = 16_000;

    /** Returns a second of tone and a second of noise. */
    private static short[] toneThen(double level, double after) {
        var random = RandomGenerator.of("L64X128MixRandom");
        short[] samples = new short[2 * RATE];
        for (int i = 0; i < samples.length; i++) {
            double tone = i < RATE ? level * Math.sin(i * 0.2) : 0;
            samples[i] = (short) Math.round(32_767 * (tone + after * (2 * random.nextDouble() - 1)));
        }
        return samples;
    }

    @Test
    void endBeforeDigitalSilenceIsFound() {
        assertThat(SpeechEndDetector.endOfSpeech(toneThen(0.3, 0), RATE)).isEqualTo(RATE);
    }

    @Test
    void endInNoiseIsFound() {
        assertThat(SpeechEndDetector.endOfSpeech(toneThen(0.3, 0.01), RATE)).isEqualTo(RATE);
        assertThat(SpeechEndDetector.endOfSpeech(toneThen(0.3, 0.08), RATE)).isEqualTo(RATE);
    }

    @Test
    void endOfQuietRecordingIsFound() {
        assertThat(SpeechEndDetector.endOfSpeech(toneThen(0.01, 0.0001), RATE)).isEqualTo(RATE);
    }

    @Test
    void singleClickIsIgnored() {
        short[] samples = toneThen(0.3, 0);
        samples[28_005] = 30_000;
        assertThat(SpeechEndDetector.endOfSpeech(samples, RATE)).isEqualTo(RATE);
    }

    @Test
    void silenceHasNoSpeech() {
        assertThat(SpeechEndDetector.endOfSpeech(new short[RATE], RATE)).isZero();
        assertThat(SpeechEndDetector.endOfSpeech(toneThen(0, 0.0005), RATE)).isZero();
    }

    @Test
    void speechUntilTheEndOfTheFileCounts() {
        short[] samples = Arrays.copyOf(toneThen(0.3, 0), RATE - 5);
        assertThat(SpeechEndDetector.endOfSpeech(samples, RATE)).isEqualTo(RATE - 5);
    }
}
