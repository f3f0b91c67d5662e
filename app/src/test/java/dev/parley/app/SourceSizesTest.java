package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the sizes that ARCHITECTURE.md promises for files and packages, over the sources of all modules. */
class SourceSizesTest {
    private static final int MAX_LINES = 400;
    private static final int MAX_FILES = 25;
    /** A package with more files says why in its {@code package-info}, after these words. */
    private static final String REASON = "More than 25 files";

    private static List<Path> files = List.of();

    @BeforeAll
    static void findFiles() throws IOException {
        files = MainSources.below(Path.of(".."));
        assertThat(files).hasSizeGreaterThan(500);
    }

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        var tooLong = new TreeMap<String, Integer>();
        for (Path file : files) {
            int lines = Files.readAllLines(file).size();
            if (lines > MAX_LINES) {
                tooLong.put(file.toString(), lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void halfOfTheFilesAreShorterThan100Lines() throws IOException {
        int small = 0;
        for (Path file : files) {
            small += Files.readAllLines(file).size() < 100 ? 1 : 0;
        }
        assertThat(2 * small).isGreaterThanOrEqualTo(files.size());
    }

    @Test
    void packagesHaveAtMost25FilesOrAReason() throws IOException {
        Map<Path, Long> sizes = files.stream()
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        var tooLarge = new TreeMap<String, Long>();
        for (var each : sizes.entrySet()) {
            if (each.getValue() > MAX_FILES
                    && !Files.readString(each.getKey().resolve("package-info.java")).contains(REASON)) {
                tooLarge.put(each.getKey().toString(), each.getValue());
            }
        }
        assertThat(tooLarge).isEmpty();
    }
}
