package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class InputGainTest {

    private static final double MINUS_50_DB = Math.pow(10, -50 / 20.0);

    private final InputGain gain = new InputGain();
    private final Random random = new Random(1);

    @Test
    void quietSpeechIsAmplified() {
        quiet(300, false);
        assertThat(peak(speech(MINUS_50_DB), false)).isGreaterThan(0.04);
    }

    @Test
    void normalSpeechIsUnchangedFromItsFirstFrame() {
        quiet(300, false);
        float[] frame = speech(0.3);
        float[] before = frame.clone();
        gain.apply(frame, false);
        assertThat(frame).isEqualTo(before);
        assertThat(peak(speech(0.2), false)).isBetween(0.199, 0.201);
    }

    @Test
    void backgroundNoiseStaysQuiet() {
        for (int i = 0; i < 600; i++) {
            assertThat(peak(noise(0.001), false)).isLessThan(0.03);
        }
    }

    @Test
    void gainDoesNotRiseWhileTheAssistantIsHeard() {
        quiet(300, true);
        assertThat(peak(speech(MINUS_50_DB), true)).isLessThan(0.004);
    }

    @Test
    void silenceStaysSilence() {
        quiet(300, false);
        assertThat(peak(new float[512], false)).isZero();
    }

    @Test
    void quietUtteranceIsAmplifiedEvenly() {
        assertThat(InputGain.whole(new float[]{0.001f, -0.01f, 0}))
                .containsExactly(new float[]{0.01f, -0.1f, 0}, within(1e-6f));
        assertThat(InputGain.whole(new float[]{0.5f, -0.01f})).containsExactly(new float[]{0.5f, -0.01f});
        assertThat(InputGain.whole(new float[2])).containsOnly(0);
    }

    private void quiet(int frames, boolean playing) {
        for (int i = 0; i < frames; i++) {
            gain.apply(noise(0.00005), playing);
        }
    }

    private double peak(float[] frame, boolean playing) {
        gain.apply(frame, playing);
        double peak = 0;
        for (float sample : frame) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static float[] speech(double peak) {
        var frame = new float[512];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (float) (peak * Math.sin(2 * Math.PI * 200 * i / 16_000));
        }
        return frame;
    }

    private float[] noise(double level) {
        var frame = new float[512];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (float) (level * random.nextGaussian());
        }
        return frame;
    }
}
