package dev.parley.speech.turn;

/**
 * Amplifies a quiet microphone, so that speech with a peak of −50 dBFS is heard like any other. Not thread-safe.
 *
 * <p>
 * The gain follows the loudest sound of the last seconds: it falls at once and rises slowly. It stays low enough that background noise remains
 * quiet, and does not rise while the assistant is heard, because the echo would grow with it.
 */
public final class InputGain {

    static final float MAX = 16;
    private static final float TARGET_PEAK = 0.1f;
    private static final float NOISE_LIMIT = 0.004f;
    private static final float ABOVE_NOISE = 3.2f;
    /** 6 dB in about a second. */
    private static final float DECAY = 0.978f;
    /** 6 dB in about four seconds. */
    private static final float NOISE_RISE = 1.0055f;
    private static final float LEAST = 1e-5f;

    private float loudest = TARGET_PEAK;
    private float noise = NOISE_LIMIT;
    private float gain = 1;

    /** Amplifies a whole utterance in place, evenly, if it is quiet; a varying gain would distort it. */
    public static float[] whole(float[] samples) {
        float peak = LEAST;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        float gain = Math.clamp(TARGET_PEAK / peak, 1, MAX);
        if (gain > 1) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= gain;
            }
        }
        return samples;
    }

    /**
     * Amplifies a frame in place, for the detection of a voice.
     *
     * @param frame   32 ms of sound, −1 to 1
     * @param playing whether the assistant is heard, or was a moment ago
     */
    public void apply(float[] frame, boolean playing) {
        float peak = 0;
        double energy = 0;
        for (float sample : frame) {
            peak = Math.max(peak, Math.abs(sample));
            energy += (double) sample * sample;
        }
        float level = (float) Math.sqrt(energy / frame.length);
        if (level > LEAST) {
            noise = Math.min(level, Math.max(LEAST, noise * NOISE_RISE));
        }
        loudest = Math.max(loudest * DECAY, level > ABOVE_NOISE * noise ? peak : 0);
        float wanted = Math.clamp(Math.min(TARGET_PEAK / Math.max(LEAST, loudest), NOISE_LIMIT / noise), 1,
                MAX);
        gain = playing ? Math.min(gain, wanted) : wanted;
        if (gain > 1) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = Math.clamp(frame[i] * gain, -1, 1);
            }
        }
    }
}
