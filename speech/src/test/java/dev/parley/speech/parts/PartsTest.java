package dev.parley.speech.parts;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {

    private static final String NAME = "speech/silero_vad_v5.onnx";

    @TempDir
    Path folder;

    @Test
    void namesAMissingFileAndWhatToRun() {
        assertThatExceptionOfType(SpeechException.class).isThrownBy(() -> new Parts(folder).whole(NAME))
                .withMessage(
                        "The speech model file %s is missing: run ./parley or build/fetch, which fetches it.",
                        folder.resolve(NAME));
    }

    @Test
    void namesADamagedFileOfTheRightSize() throws IOException {
        Path file = folder.resolve(NAME);
        Files.createDirectories(file.getParent());
        try (var zeros = new RandomAccessFile(file.toFile(), "rw")) {
            zeros.setLength(2_327_524);
        }
        assertThatExceptionOfType(SpeechException.class).isThrownBy(() -> new Parts(folder).whole(NAME))
                .withMessageContainingAll(file.toString(), "checksum differs", "delete it", "build/fetch");
    }

    @Test
    void namesATruncatedFile() throws IOException {
        Path file = folder.resolve(NAME);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "short");
        assertThatExceptionOfType(SpeechException.class).isThrownBy(() -> new Parts(folder).whole(NAME))
                .withMessageContaining("checksum differs");
    }

    @Test
    void knowsOnlyWhatIsListed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Parts(folder).whole("speech/other.onnx"));
    }
}
