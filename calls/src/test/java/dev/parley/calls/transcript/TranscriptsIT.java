package dev.parley.calls.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes transcripts. */
class TranscriptsIT {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final int LINES = 1_000;

    @TempDir
    Path folder;

    @Test
    void closeWritesTheWaitingLines() throws IOException {
        try (var transcripts = transcripts(folder)) {
            var one = transcripts.begin();
            for (int i = 0; i < LINES; i++) {
                one.add(NOW, i, "user", "Number " + i + ".");
            }
        }

        try (var files = Files.list(folder)) {
            assertThat(files).singleElement()
                    .satisfies(file -> assertThat(Files.readAllLines(file)).hasSize(LINES)
                            .last()
                            .asString()
                            .contains("Number " + (LINES - 1) + "."));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenHarmsNobody() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        try (var transcripts = transcripts(taken)) {
            var one = transcripts.begin();
            assertThatCode(() -> {
                for (int i = 0; i < 2 * Transcripts.ROOM; i++) {
                    one.add(NOW, i, "user", "Lost.");
                }
            }).doesNotThrowAnyException();
        }
        assertThat(taken).isEmptyFile();
    }

    private static Transcripts transcripts(Path folder) {
        return Transcripts.in(folder, 30, InstantSource.fixed(NOW), Duration.ofSeconds(60));
    }
}
