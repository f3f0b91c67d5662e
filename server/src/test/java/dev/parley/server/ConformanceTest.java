package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks {@code docs/conformance.md}: each row names tests, and each named test exists in the sources of some module. */
class ConformanceTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern ANNOTATED = Pattern.compile("@\\w*Test\\b");

    @Test
    void eachRuleNamesTestsThatExist() throws IOException {
        var sources = sources();
        List<String> wrong = new ArrayList<>();
        int named = 0;
        for (String row : Files.readAllLines(ROOT.resolve("docs/conformance.md"))) {
            boolean rule = row.startsWith("| ") && !row.endsWith("| tests |");
            int before = named;
            var tests = NAMED.matcher(row);
            while (tests.find()) {
                named++;
                if (!exists(sources.getOrDefault(tests.group(1), List.of()), tests.group(2))) {
                    wrong.add(tests.group() + " does not exist");
                }
            }
            if (rule && named == before) {
                wrong.add("no test for: " + row);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(named).isGreaterThan(80);
    }

    @Test
    void methodWithoutAnnotationIsNoTest() {
        String source = "    @Test\n    void tested() {}\n\n    void helper() {}\n";
        assertThat(exists(List.of(source), "tested")).isTrue();
        assertThat(exists(List.of(source), "helper")).isFalse();
        assertThat(exists(List.of(source), "renamed")).isFalse();
    }

    /** Returns whether one of the sources of a class has the method as a test; without a method, whether there is a source. */
    private static boolean exists(List<String> sources, String method) {
        if (method == null) {
            return !sources.isEmpty();
        }
        return sources.stream().anyMatch(source -> {
            int at = source.indexOf("void " + method + "(");
            // The annotations of a method follow the last empty line before it.
            return at >= 0
                    && ANNOTATED.matcher(source.substring(Math.max(0, source.lastIndexOf("\n\n", at)), at))
                            .find();
        });
    }

    /** The sources of the test classes of all modules, by simple name. */
    private static Map<String, List<String>> sources() throws IOException {
        Map<String, List<String>> sources = new HashMap<>();
        for (Path tests : testFolders()) {
            try (var files = Files.walk(tests)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.computeIfAbsent(file.getFileName().toString().replace(".java", ""),
                            name -> new ArrayList<>()).add(Files.readString(file));
                }
            }
        }
        return sources;
    }

    /** The folders {@code src/test/java} of the modules: directly below the root, or one level deeper. */
    private static List<Path> testFolders() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders(ROOT)) {
            found.add(folder);
            found.addAll(folders(folder));
        }
        return found.stream()
                .map(folder -> folder.resolve("src/test/java"))
                .filter(Files::isDirectory)
                .toList();
    }

    /** The folders in a folder. Files that the builds of other modules create and delete meanwhile do no harm. */
    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }
}
