package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TalkCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void helpDescribesOptionsAndJson() {
        var run = TalkRun.talk("--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("--transport", "--out", "--json", "firstAudioMs", "Exit code",
                "http://localhost:3000");
    }

    @Test
    void missingFileExitsWith64() {
        assertThat(TalkRun.talk().code()).isEqualTo(64);
        assertThat(TalkRun.talk("--nonsense", "a.wav").code()).isEqualTo(64);
    }

    @Test
    void unusableFileIsNamed() throws IOException {
        Path text = WavSamples.write(folder, "notes.wav", WavSamples.ascii("these are only notes"));
        var run = TalkRun.talk(text);
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement()
                .asString()
                .startsWith("parley: ")
                .contains("notes.wav is not a WAV file; convert it");
    }

    @ParameterizedTest
    @CsvSource({"--url,localhost:3000,--url reads like", "--url,http://h/page,--url reads like",
            "--url,http://a b,--url reads like", "--transport,carrier-pigeon,--transport is polling",
            "--audio,mp3,--audio is base64 or binary", "--timeout,0,--timeout and --patience",
            "--patience,9999,--timeout and --patience", "--path,x,--path starts with"})
    void wrongOptionValueIsNamed(String option, String value, String expected) throws IOException {
        var run = TalkRun.talk(option, value, WavSamples.spoken(folder, "a.wav", 0.2, 0));
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains(expected);
    }

    @Test
    void unreachableServerIsReported() throws IOException {
        var run = TalkRun.talk("--quiet", "--url", "http://127.0.0.1:1",
                WavSamples.spoken(folder, "a.wav", 0.2, 0));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement()
                .asString()
                .startsWith("parley: Nothing answers at http://127.0.0.1:1/");
    }
}
