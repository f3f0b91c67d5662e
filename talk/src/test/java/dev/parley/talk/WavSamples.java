package dev.parley.talk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Creates WAV files of every format with a tone. */
final class WavSamples {

    private WavSamples() {}

    /** Returns the bytes of a file with these chunks. */
    static byte[] riff(byte[]... chunks) {
        var body = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            body.writeBytes(chunk);
        }
        var out = ByteBuffer.allocate(12 + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(ascii("RIFF"))
                .putInt(4 + body.size())
                .put(ascii("WAVE"))
                .put(body.toByteArray())
                .array();
    }

    static byte[] chunk(String name, byte[] body) {
        return chunk(name, body, body.length);
    }

    /** Returns a chunk that announces a wrong length. */
    static byte[] chunk(String name, byte[] body, int announced) {
        var out = ByteBuffer.allocate(8 + body.length + (body.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(ascii(name)).putInt(announced).put(body).array();
    }

    static byte[] format(int codec, int rate, int channels, int bits) {
        var out = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        int frame = channels * bits / 8;
        out.putShort((short) codec)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * frame)
                .putShort((short) frame)
                .putShort((short) bits);
        return out.array();
    }

    /** Returns a WAVE_FORMAT_EXTENSIBLE chunk for {@code codec}. */
    static byte[] extensible(int codec, int rate, int channels, int bits) {
        var out = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        out.put(format(0xFFFE, rate, channels, bits))
                .putShort((short) 22)
                .putShort((short) bits)
                .putInt(channels == 1 ? 4 : 3);
        out.putShort((short) codec)
                .put(new byte[]{0, 0, 0, 0, 16, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B,
                        0x71});
        return out.array();
    }

    /** Returns a tone of 440 Hz at half of full scale on every channel. */
    static byte[] tone(int rate, int channels, int bits, boolean floating, double seconds) {
        int frames = (int) (rate * seconds);
        var out = ByteBuffer.allocate(frames * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames * channels; i++) {
            int at = i / channels;
            double value = 0.5 * Math.sin(2 * Math.PI * 440 * at / rate);
            switch (bits) {
                case 8 -> out.put((byte) Math.round(value * 127 + 128));
                case 16 -> out.putShort((short) Math.round(value * 32_767));
                case 24 -> {
                    int sample = (int) Math.round(value * 8_388_607);
                    out.put((byte) sample).putShort((short) (sample >> 8));
                }
                default -> {
                    if (floating) {
                        out.putFloat((float) value);
                    } else {
                        out.putInt((int) Math.round(value * Integer.MAX_VALUE));
                    }
                }
            }
        }
        return out.array();
    }

    /** Writes 16 kHz mono audio: a tone, then silence. */
    static Path spoken(Path folder, String name, double seconds, double silence) throws IOException {
        byte[] sound = tone(16_000, 1, 16, false, seconds);
        byte[] all = Arrays.copyOf(sound, sound.length + 2 * (int) (16_000 * silence));
        return write(folder, name, riff(chunk("fmt ", format(1, 16_000, 1, 16)), chunk("data", all)));
    }

    static Path write(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
