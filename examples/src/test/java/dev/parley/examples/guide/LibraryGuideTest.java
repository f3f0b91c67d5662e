package dev.parley.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the Java code in the guide and in the first program equals code that the build compiles. */
class LibraryGuideTest {
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern REGION = Pattern.compile("^ *// guide: [^\\n]+\\n(.*?)^ *// guide: end$",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Path ROUTER_TEST = Path
            .of("../server-vertx/src/test/java/dev/parley/server/http/GuideRouterIT.java");

    @Test
    void pagesShowCompiledCode() throws IOException {
        var shown = new ArrayList<>(blocks(BLOCK, Path.of("../docs/library.md")));
        shown.addAll(blocks(BLOCK, Path.of("../README.md")));
        var compiled = regions();
        assertThat(shown).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThat(without(shown, compiled)).as("Java blocks that equal no marked region").isEmpty();
        assertThat(without(compiled, shown)).as("marked regions that no page shows").isEmpty();
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(each -> !others.contains(each)).toList();
    }

    private static List<String> regions() throws IOException {
        var all = new ArrayList<>(blocks(REGION, ROUTER_TEST));
        for (String root : List.of("src", "spring-boot/src")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    all.addAll(blocks(REGION, file));
                }
            }
        }
        return all;
    }

    private static List<String> blocks(Pattern pattern, Path file) throws IOException {
        String text = Files.readString(file).replace("\r\n", "\n");
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
