package dev.parley.talk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The format of the samples of a WAV file, from its {@code fmt } chunk.
 *
 * @param rate     samples a second, 8 000 to 48 000
 * @param channels 1 or 2
 * @param bits     of one sample: 8, 16, 24 or 32
 * @param floating IEEE 754 instead of integers; 32 bits only
 */
record WavFormat(int rate, int channels, int bits, boolean floating) {
    private static final int MIN_RATE = 8_000;
    private static final int MAX_RATE = 48_000;
    private static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int BASIC_LENGTH = 16;
    private static final int EXTENSIBLE_LENGTH = 40;
    private static final int SUB_FORMAT = 24;

    /** Parses the body of a {@code fmt } chunk; throws {@link RecordingException} if the format is unsupported. */
    static WavFormat parse(Path file, byte[] body) {
        if (body.length < BASIC_LENGTH) {
            throw RecordingException.unsupported(file,
                    "has a format description of " + body.length + " bytes where 16 are needed");
        }
        var in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        int codec = in.getShort(0) & 0xFFFF;
        if (codec == EXTENSIBLE && body.length >= EXTENSIBLE_LENGTH) {
            codec = in.getShort(SUB_FORMAT) & 0xFFFF;
        }
        var format = new WavFormat(in.getInt(4), in.getShort(2) & 0xFFFF, in.getShort(14) & 0xFFFF,
                codec == IEEE_FLOAT);
        if (codec != PCM && codec != IEEE_FLOAT) {
            throw RecordingException.unsupported(file,
                    "is compressed (" + codecName(codec) + ") and only plain PCM can be read");
        }
        format.check(file, in.getShort(12) & 0xFFFF);
        return format;
    }

    /** Returns the size of one sample of every channel, in bytes. */
    int frameBytes() {
        return channels * bits / 8;
    }

    /** Returns one frame as a value from -1 to 1, with the channels mixed. */
    float mono(ByteBuffer littleEndian, int offset) {
        float sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            sum += sample(littleEndian, offset + channel * bits / 8);
        }
        return sum / channels;
    }

    private float sample(ByteBuffer in, int at) {
        return switch (bits) {
            case 8 -> ((in.get(at) & 0xFF) - 128) / 128f;
            case 16 -> in.getShort(at) / 32_768f;
            case 24 -> ((in.get(at + 2) << 16) | (in.getShort(at) & 0xFFFF)) / 8_388_608f;
            default -> floating ? finite(in.getFloat(at)) : in.getInt(at) / 0x1p31f;
        };
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : 0;
    }

    private void check(Path file, int blockAlign) {
        if (channels < 1 || channels > 2) {
            throw RecordingException.unsupported(file,
                    "has " + channels + " channels and only mono and stereo can be read");
        }
        if (rate < MIN_RATE || rate > MAX_RATE) {
            throw RecordingException.unsupported(file, "has a sample rate of "
                    + Integer.toUnsignedString(rate) + " Hz and only 8000 to 48000 Hz can be read");
        }
        boolean known = floating ? bits == 32 : bits == 8 || bits == 16 || bits == 24 || bits == 32;
        if (!known) {
            throw RecordingException.unsupported(file, "has samples of " + bits + " bits"
                    + (floating ? " (floating point)" : "") + " and only 8, 16, 24 and 32 bits can be read");
        }
        if (blockAlign != frameBytes()) {
            throw RecordingException.unsupported(file, "contradicts itself: it announces frames of "
                    + blockAlign + " bytes and samples that take " + frameBytes());
        }
    }

    private static String codecName(int codec) {
        return switch (codec) {
            case 2, 0x11 -> "ADPCM";
            case 6 -> "A-law";
            case 7 -> "mu-law";
            case 0x31 -> "GSM 6.10";
            case 0x50, 0x55 -> "MPEG";
            default -> "codec " + codec;
        };
    }
}
