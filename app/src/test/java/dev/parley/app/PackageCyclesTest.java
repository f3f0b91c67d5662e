package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No packages of one module depend on one another in a circle. Reads the sources, and so also those of modules that {@code app} does not
 * depend on, which {@link ArchitectureTest} does not see.
 */
class PackageCyclesTest {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([a-z.]+);");
    private static final Pattern USED = Pattern.compile("\\b(dev\\.parley(?:\\.[a-z0-9]+)+)\\.[A-Z]");

    @Test
    void packagesOfNoModuleDependInACircle() throws IOException {
        var modules = new TreeMap<String, Map<String, Set<String>>>();
        for (Path file : MainSources.below(Path.of(".."))) {
            add(modules.computeIfAbsent(file.getName(1).toString(), module -> new TreeMap<>()),
                    Files.readString(file));
        }
        assertThat(modules).hasSizeGreaterThan(15);
        modules.forEach((module, uses) -> assertThat(inCircles(uses)).as(module).isEmpty());
    }

    @Test
    void findsTheMembersOfACircle() {
        var uses = new TreeMap<String, Set<String>>();
        add(uses, "package dev.parley.a;\nimport dev.parley.b.X;\nimport dev.parley.d.X;");
        add(uses, "package dev.parley.b;\nimport dev.parley.c.X;");
        add(uses, "package dev.parley.c;\nclass Y extends dev.parley.a.X {}");
        add(uses, "package dev.parley.d;\nimport dev.parley.d.Z;");
        assertThat(inCircles(uses)).containsExactlyInAnyOrder("dev.parley.a", "dev.parley.b", "dev.parley.c");
    }

    private static void add(Map<String, Set<String>> uses, String source) {
        var declared = PACKAGE.matcher(source);
        if (declared.find()) {
            String name = declared.group(1);
            var used = uses.computeIfAbsent(name, added -> new TreeSet<>());
            USED.matcher(source).results().map(found -> found.group(1)).forEach(used::add);
            used.remove(name);
        }
    }

    /** Removes packages that use none of those left, until none can be removed; the rest is circles, and what uses them. */
    private static Set<String> inCircles(Map<String, Set<String>> uses) {
        var left = new HashMap<String, Set<String>>();
        uses.forEach((name, used) -> left.put(name, new HashSet<>(used)));
        int before;
        do {
            before = left.size();
            left.values().forEach(used -> used.retainAll(left.keySet()));
            left.values().removeIf(Set::isEmpty);
        } while (left.size() < before);
        return new TreeSet<>(left.keySet());
    }
}
