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
    void explainsItself() {
        var run = Run.talk("--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("--transport", "--out", "--json", "firstAudioMs", "Exit code",
                "http://localhost:3000");
    }

    @Test
    void needsAFile() {
        assertThat(Run.talk().code()).isEqualTo(64);
        assertThat(Run.talk("--nonsense", "a.wav").code()).isEqualTo(64);
    }

    @Test
    void namesTheFileThatIsNoUse() throws IOException {
        Path text = Wavs.write(folder, "notes.wav", Wavs.ascii("these are only notes"));
        var run = Run.talk(text);
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
    void namesTheOptionThatIsWrong(String option, String value, String expected) throws IOException {
        var run = Run.talk(option, value, Wavs.spoken(folder, "a.wav", 0.2, 0));
        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains(expected);
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        var run = Run.talk("--quiet", "--url", "http://127.0.0.1:1", Wavs.spoken(folder, "a.wav", 0.2, 0));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement()
                .asString()
                .startsWith("parley: Nothing answers at http://127.0.0.1:1/");
    }
}
