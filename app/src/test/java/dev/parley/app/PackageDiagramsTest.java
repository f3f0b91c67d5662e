package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares the packages of some modules with their diagrams in ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDiagramsTest {
    /** The first line of a diagram: a module, and the package that holds all of its packages. */
    private static final Pattern MODULE = Pattern.compile("([a-z-]+) +(dev\\.parley\\.[a-z.]+)");
    /** A further line: a package, and the packages of the module that it uses. */
    private static final Pattern PACKAGE = Pattern.compile(" {2}([a-z.]+)(?: +→ ([a-z., ]+))?");

    @ArchTest
    static void diagramsShowThePackagesAndWhatEachUses(JavaClasses classes) throws IOException {
        var diagrams = diagrams(Files.readAllLines(Path.of("..", "ARCHITECTURE.md")));
        assertThat(diagrams).containsKeys("dev.parley.protocol", "dev.parley.server",
                "dev.parley.server.http", "dev.parley.cluster", "dev.parley.voice", "dev.parley.speech",
                "dev.parley.doctor");
        diagrams.forEach((root, diagram) -> assertThat(uses(classes, root)).as(root)
                .isEqualTo(new TreeMap<>(diagram)));
    }

    /** The order of the lines shows that packages depend on one another one way. */
    @ArchTest
    static void packagesUseThoseOfLinesBelowThem(JavaClasses classes) throws IOException {
        diagrams(Files.readAllLines(Path.of("..", "ARCHITECTURE.md"))).forEach((root, diagram) -> {
            List<String> order = List.copyOf(diagram.keySet());
            diagram.forEach((name, used) -> assertThat(order.subList(order.indexOf(name) + 1, order.size()))
                    .as(root + ": " + name)
                    .containsAll(used));
        });
    }

    /** The diagrams of a page: for the root package of a module, its packages in the order of the lines. */
    private static Map<String, Map<String, Set<String>>> diagrams(List<String> lines) {
        var diagrams = new LinkedHashMap<String, Map<String, Set<String>>>();
        Map<String, Set<String>> current = null;
        for (String line : lines) {
            var module = MODULE.matcher(line);
            var row = PACKAGE.matcher(line);
            if (module.matches()) {
                current = new LinkedHashMap<>();
                diagrams.put(module.group(2), current);
            } else if (current != null && row.matches()) {
                current.put(row.group(1), row.group(2) == null ? Set.of()
                        : new TreeSet<>(Arrays.asList(row.group(2).split(", "))));
            } else {
                current = null;
            }
        }
        return diagrams;
    }

    private static Map<String, Set<String>> uses(JavaClasses classes, String root) {
        var packages = new TreeMap<String, Set<String>>();
        for (JavaClass type : classes) {
            if (isOf(root, type)) {
                var used = packages.computeIfAbsent(name(root, type), name -> new TreeSet<>());
                type.getDirectDependenciesFromSelf()
                        .stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> isOf(root, target))
                        .map(target -> name(root, target))
                        .filter(target -> !target.equals(name(root, type)))
                        .forEach(used::add);
            }
        }
        return packages;
    }

    /** Whether a type belongs to the module of a root package. The modules {@code server-vertx} and {@code server-test} are below that of {@code server}. */
    private static boolean isOf(String root, JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(root + ".") && !type.getSimpleName().equals("package-info")
                && !(root.equals("dev.parley.server") && (name.startsWith("dev.parley.server.http.")
                        || name.startsWith("dev.parley.server.test.")));
    }

    /** The name in a diagram: what follows the root, or the last part of the root itself. */
    private static String name(String root, JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root) ? root.substring(root.lastIndexOf('.') + 1)
                : name.substring(root.length() + 1);
    }
}
