package dev.parley.talk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Writes an answer as a WAV file: 16-bit PCM, mono. */
final class WavWriter {

    private WavWriter() {}

    /** Replaces {@code file}. {@code pcm} is 16-bit little-endian mono. */
    static void write(Path file, int rate, byte[] pcm) throws IOException {
        var format = new AudioFormat(rate, 16, 1, true, false);
        var sound = new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 2);
        try (var out = Files.newOutputStream(file)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, out);
        }
    }
}
