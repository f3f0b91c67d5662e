package dev.parley.nova;

/**
 * Detects whether a piece of audio may hold speech: it is louder than the background noise, which is learnt. Errs towards speech, since it
 * only decides when a stream may be changed. Not thread-safe.
 */
final class SpeechDetector {

    private static final double FAINT = 160;
    private static final double OVER_NOISE = 2.5;
    private static final double FORGETTING = 1.01;

    private double noise = FAINT;

    /** @param pcm 16-bit little-endian */
    boolean speech(byte[] pcm) {
        double rms = rms(pcm);
        noise = Math.max(1, rms < noise ? rms : Math.min(rms, noise * FORGETTING));
        return rms > Math.max(FAINT, noise * OVER_NOISE);
    }

    private static double rms(byte[] pcm) {
        long sum = 0;
        int samples = pcm.length / 2;
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            int sample = (pcm[i] & 0xff) | (pcm[i + 1] << 8);
            sum += (long) sample * sample;
        }
        return samples == 0 ? 0 : Math.sqrt((double) sum / samples);
    }
}
