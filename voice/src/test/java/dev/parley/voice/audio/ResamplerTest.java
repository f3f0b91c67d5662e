package dev.parley.voice.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    @ParameterizedTest
    @CsvSource({"16000,24000", "24000,16000", "48000,16000", "44100,16000", "8000,16000", "22050,48000",
            "44101,16000"})
    void keepsATone(int from, int to) {
        short[] in = tone(1000, from, from);
        short[] out = Resampler.resample(in, from, to);

        assertThat(out).hasSize((int) Math.ceilDiv((long) from * to, (long) from));
        short[] ideal = tone(1000, to, to);
        assertThat(noise(out, ideal)).as("noise below the tone, in dB").isLessThan(-60);
    }

    @ParameterizedTest
    @CsvSource({"48000,16000,9000", "48000,16000,15000", "24000,16000,9000", "44100,8000,5000"})
    void takesAwayWhatTheLowerRateCannotCarry(int from, int to, int tone) {
        short[] out = Resampler.resample(tone(tone, from, from), from, to);

        assertThat(level(Arrays.copyOfRange(out, to / 10, to * 9 / 10))).as("dB").isLessThan(-70);
    }

    @ParameterizedTest
    @CsvSource({"1,16000,24000", "2,48000,16000", "3,44100,16000", "4,8000,24000", "5,16000,16000",
            "6,44101,16000"})
    void givesTheSameInPiecesAsAtOnce(long seed, int from, int to) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        short[] in = noise(random, 20_000);

        var resampler = Resampler.between(from, to);
        for (int round = 0; round < 2; round++) {
            assertThat(pieces(resampler, in, random)).isEqualTo(Resampler.resample(in, from, to));
        }
    }

    @Test
    void refusesRatesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Resampler.between(0, 16_000));
        assertThatIllegalArgumentException().isThrownBy(() -> Resampler.between(16_000, 1_000_000));
    }

    @Test
    void doesNotWrapAroundAtFullScale() {
        short[] square = new short[4_000];
        Arrays.fill(square, 0, 2_000, Short.MAX_VALUE);
        Arrays.fill(square, 2_000, 4_000, Short.MIN_VALUE);

        short[] out = Resampler.resample(square, 16_000, 24_000);

        for (int i = 100; i < 2_900; i++) {
            assertThat(out[i]).as("sample %d", i).isGreaterThan((short) 20_000);
            assertThat(out[3_000 + i]).as("sample %d", 3_000 + i).isLessThan((short) -20_000);
        }
    }

    private static short[] pieces(Resampler resampler, short[] in, RandomGenerator random) {
        short[] out = new short[0];
        for (int at = 0; at < in.length;) {
            int length = Math.min(in.length - at, random.nextInt(1, 700));
            out = join(out, resampler.push(in, at, length));
            at += length;
        }
        return join(out, resampler.finish());
    }

    private static short[] join(short[] a, short[] b) {
        short[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static short[] tone(int hertz, int rate, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.round(20_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return tone;
    }

    private static short[] noise(RandomGenerator random, int samples) {
        short[] noise = new short[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (short) random.nextInt(-20_000, 20_000);
        }
        return noise;
    }

    /** Returns the power of the difference relative to the ideal, away from the ends, in dB. */
    private static double noise(short[] real, short[] ideal) {
        double difference = 0;
        double power = 0;
        for (int i = ideal.length / 10; i < ideal.length * 9 / 10; i++) {
            difference += Math.pow(real[i] - ideal[i], 2);
            power += Math.pow(ideal[i], 2);
        }
        return 10 * Math.log10(difference / power);
    }

    private static double level(short[] samples) {
        double power = 0;
        for (short sample : samples) {
            power += sample * (double) sample;
        }
        return 10 * Math.log10(Math.max(power / samples.length, 1e-9) / (20_000.0 * 20_000 / 2));
    }
}
