package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double LONGEST_DELAY = 1.0;

    @ParameterizedTest
    @CsvSource({"0.3, 0", "0.3, 0.12", "0.05, 0.25", "0.01, 0.5", "0.006, 0.9"})
    void echoFollowsWhatWasPlayedAtAnyLoudnessAndDelay(double gain, double delay) {
        short[] said = voice(1, 3);
        float[] heard = delayed(said, gain, delay, 1.0, 1.6);
        assertThat(correlation(said, heard, 1.6)).isGreaterThan(0.8);
    }

    @Test
    void echoIsRecognisedInNoise() {
        short[] said = voice(1, 3);
        float[] heard = delayed(said, 0.1, 0.2, 1.0, 1.6);
        var noise = new Random(5);
        for (int i = 0; i < heard.length; i++) {
            heard[i] += (float) (noise.nextGaussian() * 0.005);
        }
        assertThat(correlation(said, heard, 1.6)).isGreaterThan(Echo.FOLLOWS);
    }

    /** A quiet echo is hardly louder than the microphone's own noise, which must not decide about it. */
    @ParameterizedTest
    @CsvSource({"0.004, 1", "0.006, 2", "0.01, 3"})
    void quietEchoFollowsDespiteTheNoiseOfAMicrophone(double gain, long seed) {
        short[] said = voice(1, 3);
        Arrays.fill(said, 24_000 * 135 / 100, said.length, (short) 0); // the sentence ends
        float[] heard = noisy(delayed(said, gain, 0.25, 1.0, 1.6), seed);
        assertThat(correlation(said, heard, 1.9)).isGreaterThan(Echo.COPIES);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void quietVoiceInMicrophoneNoiseDoesNotFollow(long seed) {
        float[] heard = noisy(delayed(voice(seed, 3), 0.003, 0, 1.0, 1.6), seed);
        assertThat(correlation(voice(1, 3), heard, 1.9)).isLessThan(Echo.FOLLOWS);
    }

    /** Returns the sound with 300 ms of silence after it, and a microphone's noise over both. */
    private static float[] noisy(float[] sound, long seed) {
        float[] heard = Arrays.copyOf(sound, sound.length + 4_800);
        var noise = new Random(seed);
        for (int i = 0; i < heard.length; i++) {
            heard[i] += (float) (noise.nextGaussian() * 0.0001);
        }
        return heard;
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void otherVoiceDoesNotFollow(long seed) {
        short[] said = voice(1, 3);
        float[] heard = delayed(voice(seed, 3), 0.3, 0, 1.0, 1.6);
        assertThat(correlation(said, heard, 1.6)).isLessThan(0.3);
    }

    @Test
    void wordAfterAnEchoIsNotAnEcho() {
        short[] said = voice(1, 3);
        float[] heard = delayed(said, 0.3, 0.1, 1.0, 2.2);
        float[] word = delayed(voice(7, 3), 0.2, 0, 1.0, 1.4);
        System.arraycopy(word, 0, heard, 12_000, word.length);
        assertThat(correlation(said, heard, 2.2)).isLessThan(Echo.FOLLOWS);
    }

    @Test
    void echoWithANoisyEndIsAsSureAsTheRest() {
        short[] said = voice(1, 3);
        float[] heard = delayed(said, 0.3, 0.1, 1.0, 2.2);
        var noise = new Random(5);
        for (int i = heard.length - 5_600; i < heard.length; i++) {
            heard[i] += (float) (noise.nextGaussian() * 0.012);
        }
        assertThat(correlation(said, heard, 2.2)).isGreaterThan(Echo.COPIES);
    }

    @Test
    void silenceFollowsNothing() {
        assertThat(Echo.correlation(new float[16_000], new float[8_000])).isZero();
        assertThat(Echo.correlation(new float[0], new float[0])).isZero();
    }

    @Test
    void soundIsKeptForFourSecondsAfterItWasHeard() {
        var played = new PlayedSound();
        played.add(voice(1, 1), 24_000, START, START);
        assertThat(played.heardBetween(at(500), at(600))).isTrue();
        assertThat(played.heardBetween(at(1_000), at(2_000))).isFalse();
        assertThat(played.between(at(-500), at(2_000))).hasSize(10_000);
        played.add(voice(2, 1), 24_000, at(6_000), at(6_000));
        assertThat(played.heardBetween(at(0), at(1_000))).isFalse();
    }

    @Test
    void nothingIsHeardAfterAStop() {
        var played = new PlayedSound();
        played.add(voice(1, 1), 24_000, START, START);
        played.add(voice(2, 1), 24_000, at(1_000), START);
        played.stop(at(400));
        assertThat(played.heardBetween(at(0), at(400))).isTrue();
        assertThat(played.heardBetween(at(400), at(9_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            in the morning           | true
            seven oh five in the mor | true
            It is seven, O five      | true
            ""                       | true
            what about Rome          | false
            no stop                  | false
            """)
    void wordsMatchWhatIsBeingSaid(String heard, boolean match) {
        assertThat(Echo.wordsMatch(heard, "Hello. It is seven oh five in the morning.")).isEqualTo(match);
    }

    @ParameterizedTest
    @CsvSource({"0.9, nonsense, true", "0.5, in the morning, true", "0.5, what about Rome, false",
            "0.3, in the morning, false"})
    void soundAndWordsProveAnEcho(double follows, String heard, boolean echo) {
        assertThat(Echo.isEcho(follows, heard, "It is seven oh five in the morning.")).isEqualTo(echo);
    }

    private static double correlation(short[] said, float[] heard, double end) {
        var played = new PlayedSound();
        played.add(said, 24_000, START, START);
        return Echo.correlation(heard,
                played.between(at(Math.round(1000 * (1.0 - LONGEST_DELAY))), at(Math.round(1000 * end))));
    }

    /** Returns what a microphone hears between two times, at 16 kHz. */
    private static float[] delayed(short[] said, double gain, double delay, double from, double to) {
        var heard = new float[(int) Math.round((to - from) * 16_000)];
        for (int i = 0; i < heard.length; i++) {
            double at = (from + i / 16_000.0 - delay) * 24_000;
            if (at >= 0 && at < said.length - 1) {
                int whole = (int) at;
                double part = at - whole;
                heard[i] = (float) (gain * (said[whole] * (1 - part) + said[whole + 1] * part) / 32_768);
            }
        }
        return heard;
    }

    /** Returns a voice of changing pitch and changing vowels at 24 kHz. */
    private static short[] voice(long seed, int seconds) {
        var random = new Random(seed);
        var out = new short[seconds * 24_000];
        double phase = 0;
        double pitch = 90 + random.nextInt(140);
        double[] loud = new double[18];
        for (int i = 0; i < out.length; i++) {
            if (i % 2_880 == 0) { // a new vowel each 120 ms
                for (int h = 0; h < loud.length; h++) {
                    loud[h] = random.nextDouble() / (1 + h * 0.3);
                }
                pitch += random.nextGaussian() * 8;
            }
            phase += 2 * Math.PI * pitch / 24_000;
            double sum = 0;
            for (int h = 0; h < loud.length; h++) {
                sum += loud[h] * Math.sin((h + 1) * phase);
            }
            out[i] = (short) (1_500 * sum);
        }
        return out;
    }

    private static Instant at(long millis) {
        return START.plus(Duration.ofMillis(millis));
    }
}
