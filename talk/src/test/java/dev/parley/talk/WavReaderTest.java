package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavReaderTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file(byte[]... chunks) throws IOException {
        return WavSamples.write(folder, "test.wav", WavSamples.riff(chunks));
    }

    @ParameterizedTest
    @CsvSource({"8000,1,8", "8000,1,16", "11025,2,16", "16000,1,16", "16000,2,24", "22050,1,32", "44100,2,16",
            "48000,2,32", "48000,1,24"})
    void integerFormatsAreRead(int rate, int channels, int bits) throws IOException {
        byte[] tone = WavSamples.tone(rate, channels, bits, false, 0.5);
        for (byte[] format : new byte[][]{WavSamples.format(1, rate, channels, bits),
                WavSamples.extensible(1, rate, channels, bits)}) {
            var sound = WavReader.read(file(WavSamples.chunk("fmt ", format),
                    WavSamples.chunk("LIST", new byte[7]), WavSamples.chunk("data", tone)));
            assertThat(sound.rate()).isEqualTo(rate);
            assertThat(sound.samples()).hasSize(rate / 2);
            assertSameTone(sound.samples(), rate, bits == 8 ? 260 : 2);
        }
    }

    @Test
    void floatIsReadAndStereoIsAveraged() throws IOException {
        byte[] tone = WavSamples.tone(16_000, 1, 32, true, 0.25);
        var sound = WavReader.read(file(WavSamples.chunk("fmt ", WavSamples.format(3, 16_000, 1, 32)),
                WavSamples.chunk("data", tone)));
        assertSameTone(sound.samples(), 16_000, 2);
        byte[] opposite = {0, 64, 0, -64, 0, 32, 0, 32};
        sound = WavReader.read(file(WavSamples.chunk("fmt ", WavSamples.format(1, 16_000, 2, 16)),
                WavSamples.chunk("data", opposite)));
        assertThat(sound.samples()).containsExactly((short) 0, (short) 8192);
    }

    @Test
    void openLengthReadsToTheEnd() throws IOException {
        byte[] tone = WavSamples.tone(16_000, 1, 16, false, 1.5);
        for (int announced : new int[]{0, -1, 0x7FFF_FFFF - 36}) {
            var sound = WavReader.read(file(WavSamples.chunk("fmt ", WavSamples.format(1, 16_000, 1, 16)),
                    WavSamples.chunk("data", tone, announced)));
            assertThat(sound.samples()).hasSize(24_000);
        }
    }

    @Test
    void recordingIsResampledInto32MillisecondChunks() throws IOException {
        byte[] tone = WavSamples.tone(44_100, 2, 16, false, 1);
        var recording = Recording.read(file(WavSamples.chunk("fmt ", WavSamples.format(1, 44_100, 2, 16)),
                WavSamples.chunk("data", tone)));
        assertThat(recording.samples()).hasSize(16_000);
        assertThat(recording.chunks()).isEqualTo(32);
        assertThat(recording.chunk(31)).hasSize(1024).endsWith(new byte[700]);
        assertSameTone(Arrays.copyOfRange(recording.samples(), 0, 8_000), 16_000, 400);
    }

    @Test
    void unusableFilesReportFaultAndRemedy() throws IOException {
        byte[] tone = WavSamples.tone(16_000, 1, 16, false, 0.1);
        byte[] data = WavSamples.chunk("data", tone);
        assertBad(new byte[0], "is empty; record it again");
        assertBad(WavSamples.ascii("not a wave file, just a text"), "is not a WAV file; convert it");
        assertBad(WavSamples.ascii("OggS00000000000"), "is not a WAV file but Ogg; convert it");
        assertBad(WavSamples.ascii("ID3xxxxxxxxxxxxxxxx"), "is not a WAV file but MP3; convert it");
        assertBad(WavSamples.ascii("fLaCxxxxxxxxxxxxxxxx"), "is not a WAV file but FLAC; convert it");
        assertBad(WavSamples.ascii("RIFF"), "is not a WAV file; convert it");
        assertBad(WavSamples.riff(), "has no data chunk");
        assertBad(WavSamples.riff(WavSamples.chunk("fmt ", WavSamples.format(1, 16_000, 1, 16))),
                "has no data chunk");
        assertBad(WavSamples.riff(WavSamples.chunk("junk", new byte[4], 1_000_000)), "has no data chunk");
        assertBad(WavSamples.riff(data), "the fmt chunk is missing");
        assertBad(wav(WavSamples.format(1, 16_000, 1, 16), new byte[1]),
                "holds no sound: its data chunk is empty; record it again");
        assertBad(wav(WavSamples.format(1, 0, 1, 16), tone), "has a sample rate of 0 Hz");
        assertBad(wav(WavSamples.format(1, 96_000, 1, 16), tone), "has a sample rate of 96000 Hz");
        assertBad(wav(WavSamples.format(1, -1, 1, 16), tone), "has a sample rate of 4294967295 Hz");
        assertBad(wav(WavSamples.format(1, 16_000, 6, 16), tone), "has 6 channels");
        assertBad(wav(WavSamples.format(1, 16_000, 0, 16), tone), "has 0 channels");
        assertBad(wav(WavSamples.format(1, 16_000, 1, 12), tone), "has samples of 12 bits");
        assertBad(wav(WavSamples.format(3, 16_000, 1, 64), tone), "has samples of 64 bits (floating point)");
        assertBad(wav(WavSamples.format(0x11, 16_000, 1, 4), tone), "is compressed (ADPCM)");
        assertBad(wav(WavSamples.format(7, 8_000, 1, 8), tone), "is compressed (mu-law)");
        assertBad(wav(WavSamples.extensible(6, 8_000, 1, 8), tone), "is compressed (A-law)");
        assertBad(wav(new byte[10], tone), "format description of 10 bytes");
        assertBad(
                WavSamples.riff(WavSamples.chunk("fmt ", WavSamples.format(1, 16_000, 1, 16)),
                        WavSamples.chunk("data", tone, tone.length * 2)),
                "is cut short: it announces 6400 bytes of sound and holds 3200; record or copy it again");
        assertBad(
                WavSamples.riff(WavSamples.chunk("fmt ", WavSamples.format(1, 16_000, 1, 16)),
                        WavSamples.chunk("data", tone, 32_000 * 601)),
                "is longer than 10 minutes; cut it into shorter files");
        assertBad(wav(WavSamples.format(1, 16_000, 1, 16), new byte[32_000]), "holds only silence");
        assertThatThrownBy(() -> Recording.read(folder.resolve("none.wav")))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("none.wav does not exist");
        assertThatThrownBy(() -> Recording.read(folder)).isInstanceOf(RecordingException.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void openLengthFailsAfterTenMinutes() throws IOException {
        byte[] data = new byte[8_000 * 601];
        byte[] bytes = WavSamples.riff(WavSamples.chunk("fmt ", WavSamples.format(1, 8_000, 1, 8)),
                WavSamples.chunk("data", data, -1));
        assertBad(bytes, "is longer than 10 minutes");
    }

    @Test
    void everyTruncationIsReported() throws IOException {
        byte[] whole = wav(WavSamples.extensible(1, 16_000, 2, 24),
                WavSamples.tone(16_000, 2, 24, false, 0.004));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Recording.read(cut)).isInstanceOf(RecordingException.class)
                    .hasMessageContaining("cut.wav")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        }
    }

    @Test
    void writtenFileReadsBack() throws IOException {
        byte[] pcm = WavSamples.tone(24_000, 1, 16, false, 0.3);
        Path file = folder.resolve("answer.wav");
        WavWriter.write(file, 24_000, pcm);
        var sound = WavReader.read(file);
        assertThat(sound.rate()).isEqualTo(24_000);
        assertSameTone(sound.samples(), 24_000, 1);
    }

    private static byte[] wav(byte[] format, byte[] data) {
        return WavSamples.riff(WavSamples.chunk("fmt ", format), WavSamples.chunk("data", data));
    }

    private void assertBad(byte[] bytes, String expected) throws IOException {
        Path file = WavSamples.write(folder, "bad.wav", bytes);
        assertThatThrownBy(() -> Recording.read(file)).isInstanceOf(RecordingException.class)
                .hasMessageContaining("bad.wav")
                .hasMessageContaining(expected);
    }

    private static void assertSameTone(short[] samples, int rate, int tolerance) {
        // A filter needs some samples before and after; the edges of resampled sound are left out.
        int edge = tolerance < 300 ? 0 : 200;
        double worst = 0;
        for (int i = edge; i < samples.length - edge; i++) {
            double expected = 32_767 * 0.5 * Math.sin(2 * Math.PI * 440 * i / rate);
            worst = Math.max(worst, Math.abs(samples[i] - expected));
        }
        assertThat(worst).isLessThanOrEqualTo(tolerance);
    }
}
