package dev.parley.voice.audio;

import java.util.Arrays;

/**
 * Changes the sample rate of a stream of 16-bit mono sound. Its windowed-sinc filter keeps the frequencies that both rates can carry and
 * attenuates the others by at least 75 dB. Pieces of any size give the same samples as the whole sound at once.
 *
 * <p>
 * Not thread-safe: each stream of sound needs its own resampler with one owner. It holds back a few milliseconds of sound until
 * {@link #finish}.
 */
public final class Resampler {

    /** Number of zero crossings of the sinc on each side. 32 give a transition band of about 16 % below the lower Nyquist rate. */
    private static final int CROSSINGS = 32;
    private static final double ROLL_OFF = 0.92;
    private static final double KAISER_BETA = 8.0;
    /** Maximum number of filter phases. Rates with a finer ratio are interpolated between neighbouring phases. */
    private static final int MAX_PHASES = 512;

    private final int up;
    private final int down;
    private final int half;
    private final float[][] kernel;

    private short[] held;
    private int heldLength;
    private long firstHeld;
    private long taken;
    private long given;

    private Resampler(int up, int down) {
        this.up = up;
        this.down = down;
        double cutoff = Math.min(1.0, (double) up / down) * ROLL_OFF;
        half = (int) Math.ceil(CROSSINGS / cutoff);
        int phases = Math.min(up, MAX_PHASES);
        kernel = new float[phases + 1][];
        for (int phase = 0; phase <= phases; phase++) {
            kernel[phase] = taps((double) phase / phases, cutoff, half);
        }
        held = new short[4 * half];
        reset();
    }

    /**
     * Creates a resampler between two rates in Hz.
     *
     * @throws IllegalArgumentException if a rate is outside 1 to 768 000 Hz
     */
    public static Resampler between(int fromRate, int toRate) {
        if (fromRate < 1 || toRate < 1 || fromRate > 768_000 || toRate > 768_000) {
            throw new IllegalArgumentException("cannot resample from " + fromRate + " to " + toRate + " Hz");
        }
        int divisor = gcd(fromRate, toRate);
        return new Resampler(toRate / divisor, fromRate / divisor);
    }

    /** Resamples a complete sound. */
    public static short[] resample(short[] samples, int fromRate, int toRate) {
        if (fromRate == toRate) {
            return samples.clone();
        }
        var resampler = between(fromRate, toRate);
        short[] body = resampler.push(samples);
        short[] tail = resampler.finish();
        short[] all = Arrays.copyOf(body, body.length + tail.length);
        System.arraycopy(tail, 0, all, body.length, tail.length);
        return all;
    }

    /** Accepts the next samples and returns the output that can be computed so far, perhaps none. */
    public short[] push(short[] samples) {
        return push(samples, 0, samples.length);
    }

    /** Accepts a part of an array, like {@link #push(short[])}. */
    public short[] push(short[] samples, int offset, int length) {
        if (up == down) {
            return Arrays.copyOfRange(samples, offset, offset + length);
        }
        append(samples, offset, length);
        taken += length;
        long computable = firstHeld + heldLength - half;
        return emit(computable <= 0 ? 0 : ceilDivide(computable * up, down));
    }

    /** Returns the samples still held back and resets this resampler for another sound. */
    public short[] finish() {
        if (up == down) {
            return new short[0];
        }
        long total = ceilDivide(taken * up, down);
        append(new short[half], 0, half);
        short[] tail = emit(total);
        reset();
        return tail;
    }

    private void reset() {
        Arrays.fill(held, (short) 0);
        heldLength = half - 1;
        firstHeld = -heldLength;
        taken = 0;
        given = 0;
    }

    private void append(short[] samples, int offset, int length) {
        if (heldLength + length > held.length) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, heldLength + length));
        }
        System.arraycopy(samples, offset, held, heldLength, length);
        heldLength += length;
    }

    /** Computes output samples up to, but not including, {@code until}. Then discards the input that no later sample needs. */
    private short[] emit(long until) {
        short[] out = new short[(int) Math.max(0, until - given)];
        for (int i = 0; i < out.length; i++) {
            long position = (given + i) * down;
            int start = (int) (position / up - half + 1 - firstHeld);
            out[i] = at(start, (int) (position % up));
        }
        given += out.length;
        int unneeded = (int) Math.min(heldLength, Math.max(0, given * down / up - half + 1 - firstHeld));
        System.arraycopy(held, unneeded, held, 0, heldLength - unneeded);
        heldLength -= unneeded;
        firstHeld += unneeded;
        return out;
    }

    private short at(int start, int phase) {
        float sum;
        if (up <= MAX_PHASES) {
            sum = dot(kernel[phase], start);
        } else {
            double exact = (double) phase * MAX_PHASES / up;
            int below = (int) exact;
            float share = (float) (exact - below);
            sum = (1 - share) * dot(kernel[below], start) + share * dot(kernel[below + 1], start);
        }
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
    }

    private float dot(float[] taps, int start) {
        float sum = 0;
        for (int k = 0; k < taps.length; k++) {
            sum += taps[k] * held[start + k];
        }
        return sum;
    }

    private static float[] taps(double fraction, double cutoff, int half) {
        double[] exact = new double[2 * half];
        double sum = 0;
        for (int k = 0; k < exact.length; k++) {
            double distance = k - half + 1 - fraction;
            exact[k] = sinc(distance * cutoff) * kaiser(distance / half);
            sum += exact[k];
        }
        float[] taps = new float[exact.length];
        for (int k = 0; k < exact.length; k++) {
            taps[k] = (float) (exact[k] / sum);
        }
        return taps;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);
    }

    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    private static long ceilDivide(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
