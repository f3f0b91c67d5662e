package dev.parley.talk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the answer: WAV, 16-bit PCM, mono. */
final class WavWriter {
    private static final int HEADER = 44;

    private WavWriter() {}

    /** Replaces {@code file}. {@code pcm} is 16-bit little-endian mono. */
    static void write(Path file, int rate, byte[] pcm) throws IOException {
        var out = ByteBuffer.allocate(HEADER + pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER - 8 + pcm.length).put(ascii("WAVE"));
        out.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        out.putInt(rate).putInt(rate * 2).putShort((short) 2).putShort((short) 16);
        out.put(ascii("data")).putInt(pcm.length).put(pcm);
        Files.write(file, out.array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
