package dev.parley.calls.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of transcripts, without the thread that writes them. */
class TranscriptsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.008Z");

    @TempDir
    Path folder;

    @Test
    void aConversationIsAFileOfItsOwnThatOnlyItsOwnerMayRead() throws IOException {
        Path kept = folder.resolve("kept");
        var transcripts = transcripts(kept);
        var one = transcripts.begin();
        one.add(NOW, 1, "user", "Say \"hi\".");
        transcripts.begin().add(NOW, 1, "user", "Somebody else.");
        one.add(NOW.plusSeconds(1), 2, "assistant", "Hi.");

        transcripts.writeWaiting();

        assertThat(files(kept)).hasSize(2)
                .allMatch(
                        file -> file.getFileName().toString().matches("20260304T050607-[0-9a-f]{16}\\.jsonl"))
                .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"))
                .anySatisfy(file -> assertThat(file).hasContent("""
                        {"at":"2026-03-04T05:06:07.008Z","turn":1,"role":"user","text":"Say \\"hi\\"."}
                        {"at":"2026-03-04T05:06:08.008Z","turn":2,"role":"assistant","text":"Hi."}"""));
        assertThat(permissions(kept)).isEqualTo("rwx------");
    }

    @Test
    void aConversationInWhichNothingIsSaidLeavesNoFile() throws IOException {
        var transcripts = transcripts(folder);
        assertThat(transcripts.begin()).isNotNull();

        transcripts.writeWaiting();

        assertThat(files(folder)).isEmpty();
    }

    @Test
    void aFileGrowsToItsLimitAndSaysSo() throws IOException {
        var transcripts = transcripts(folder);
        var endless = transcripts.begin();
        for (int i = 0; i < 30; i++) {
            endless.add(NOW, i, "user", "x".repeat(50_000));
        }

        transcripts.writeWaiting();

        assertThat(files(folder)).singleElement().satisfies(file -> {
            assertThat(Files.size(file)).isLessThan(Transcript.LARGEST + 100L);
            assertThat(Files.readAllLines(file)).hasSizeGreaterThan(15).last().isEqualTo("{\"full\":true}");
        });
    }

    @Test
    void oldFilesAreRemovedAndOthersAreLeftAlone() throws IOException {
        var old = List.of("20260202T050600-0123456789abcdef.jsonl", "20250101T000000-0123456789abcdef.jsonl");
        var left = List.of("20260202T050700-0123456789abcdef.jsonl", "20250101T000000-mine.jsonl",
                "notes.txt");
        for (String name : old) {
            Files.createFile(folder.resolve(name));
        }
        for (String name : left) {
            Files.createFile(folder.resolve(name));
        }

        transcripts(folder).writeWaiting();

        assertThat(files(folder)).extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(left);
    }

    private static Transcripts transcripts(Path folder) {
        return Transcripts.withoutThread(folder, 30, InstantSource.fixed(NOW));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
