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
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/conformance.md} honest: each row names tests, and each test it names is there. */
class ConformanceTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void eachRuleNamesTestsThatAreThere() throws IOException {
        var sources = sources();
        List<String> wrong = new ArrayList<>();
        int named = 0;
        for (String row : Files.readAllLines(ROOT.resolve("docs/conformance.md"))) {
            if (!row.startsWith("| ") || row.endsWith("| tests |")) {
                continue;
            }
            var tests = NAMED.matcher(row);
            int before = named;
            while (tests.find()) {
                named++;
                String source = sources.getOrDefault(tests.group(1), "");
                if (!source.contains("void " + tests.group(2) + "(")) {
                    wrong.add(tests.group() + " is gone");
                }
            }
            if (named == before) {
                wrong.add("no test for: " + row);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(named).isGreaterThan(80);
    }

    /** The test classes of the protocol and the server by their names. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("protocol", "server", "server-vertx")) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
