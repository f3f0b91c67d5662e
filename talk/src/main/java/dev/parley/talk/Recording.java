package dev.parley.talk;

import dev.parley.voice.audio.Pcm;
import dev.parley.voice.audio.Resampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * A recording in the format of a microphone: 16 kHz, mono, 16 bits.
 *
 * @param file        its source
 * @param samples     samples at 16 kHz; must not be modified
 * @param endOfSpeech number of samples up to the end of speech
 */
record Recording(Path file, short[] samples, int endOfSpeech) {
    static final int RATE = 16_000;
    static final int CHUNK_SAMPLES = 512;
    static final int CHUNK_BYTES = 2 * CHUNK_SAMPLES;
    static final Duration CHUNK = Duration.ofMillis(32);

    /** Reads any WAV file that {@link WavReader} can; throws {@link RecordingException}. */
    static Recording read(Path file) {
        var sound = WavReader.read(file);
        short[] samples = Resampler.resample(sound.samples(), sound.rate(), RATE);
        int end = SpeechEndDetector.endOfSpeech(samples, RATE);
        if (end == 0) {
            throw new RecordingException(file, "holds only silence",
                    "record it again, nearer to the microphone");
        }
        return new Recording(file, samples, end);
    }

    int chunks() {
        return (samples.length + CHUNK_SAMPLES - 1) / CHUNK_SAMPLES;
    }

    /** Returns a chunk as 16-bit little-endian bytes; the last one is padded with silence. */
    byte[] chunk(int index) {
        int from = index * CHUNK_SAMPLES;
        byte[] heard = Pcm.bytes(samples, from, Math.min(CHUNK_SAMPLES, samples.length - from));
        return heard.length == CHUNK_BYTES ? heard : Arrays.copyOf(heard, CHUNK_BYTES);
    }

    Duration length() {
        return time(samples.length);
    }

    Duration speech() {
        return time(endOfSpeech);
    }

    private static Duration time(int samples) {
        return Duration.ofNanos(samples * 1_000_000_000L / RATE);
    }
}
