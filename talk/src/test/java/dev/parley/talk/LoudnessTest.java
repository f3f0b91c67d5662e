package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LoudnessTest {
    private static final int RATE = 16_000;

    /** A second of tone, a second of something else. */
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
    void findsTheEndBeforeDigitalSilence() {
        assertThat(Loudness.endOfSpeech(toneThen(0.3, 0), RATE)).isEqualTo(RATE);
    }

    @Test
    void findsTheEndInNoise() {
        assertThat(Loudness.endOfSpeech(toneThen(0.3, 0.01), RATE)).isEqualTo(RATE);
        assertThat(Loudness.endOfSpeech(toneThen(0.3, 0.08), RATE)).isEqualTo(RATE);
    }

    @Test
    void findsTheEndOfAQuietRecording() {
        assertThat(Loudness.endOfSpeech(toneThen(0.01, 0.0001), RATE)).isEqualTo(RATE);
    }

    @Test
    void passesOverALoneClick() {
        short[] samples = toneThen(0.3, 0);
        samples[28_005] = 30_000;
        assertThat(Loudness.endOfSpeech(samples, RATE)).isEqualTo(RATE);
    }

    @Test
    void knowsSilence() {
        assertThat(Loudness.endOfSpeech(new short[RATE], RATE)).isZero();
        assertThat(Loudness.endOfSpeech(toneThen(0, 0.0005), RATE)).isZero();
    }

    @Test
    void takesSoundToTheVeryEndAsSpeech() {
        short[] samples = Arrays.copyOf(toneThen(0.3, 0), RATE - 5);
        assertThat(Loudness.endOfSpeech(samples, RATE)).isEqualTo(RATE - 5);
    }
}
