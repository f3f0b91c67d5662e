package dev.parley.voice.audio;

/** Converts 16-bit little-endian mono sound between bytes, samples, and the fractions of full scale that the models expect. */
public final class Pcm {

    private Pcm() {}

    /** Returns the samples in {@code bytes}; ignores a last odd byte. */
    public static short[] samples(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((bytes[2 * i] & 0xff) | bytes[2 * i + 1] << 8);
        }
        return samples;
    }

    /** Returns the bytes of {@code length} samples, starting at {@code offset}. */
    public static byte[] bytes(short[] samples, int offset, int length) {
        byte[] bytes = new byte[2 * length];
        for (int i = 0; i < length; i++) {
            bytes[2 * i] = (byte) samples[offset + i];
            bytes[2 * i + 1] = (byte) (samples[offset + i] >> 8);
        }
        return bytes;
    }

    /** Returns the samples as fractions of full scale, in [-1, 1). */
    public static float[] floats(short[] samples) {
        float[] floats = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            floats[i] = samples[i] / 32768f;
        }
        return floats;
    }
}
