package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the public signatures of this module with {@code api.txt}: a change of them can break applications, and is decided, not
 * slipped in. To accept a change, copy {@code target/api.txt} over {@code api.txt}.
 */
class PublicApiTest {
    private static final Path KEPT = Path.of("api.txt");
    private static final Path FOUND = Path.of("target", "api.txt");

    @Test
    void publicSignaturesStandInTheirFile() throws Exception {
        String found = String.join("\n", signatures(Path.of("target", "classes"))) + "\n";
        Files.writeString(FOUND, found);
        assertThat(found)
                .as("%s differs from %s: if the change of the public API is meant, copy it over", FOUND, KEPT)
                .isEqualTo(Files.readString(KEPT));
    }

    private static List<String> signatures(Path classes) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class")
                            && !file.endsWith("module-info.class"))
                    .sorted()
                    .toList();
        }
        var lines = new ArrayList<String>();
        for (Path file : files) {
            String name = classes.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
            if (!name.contains(".internal.")) {
                var type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
                if (reachable(type)) {
                    describe(type, lines);
                }
            }
        }
        return lines;
    }

    /** Whether applications can name a type: it and all types around it are public or protected. */
    private static boolean reachable(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!open(each.getModifiers()) || each.isAnonymousClass() || each.isLocalClass()
                    || each.isSynthetic()) {
                return false;
            }
        }
        return true;
    }

    private static boolean open(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void describe(Class<?> type, Collection<String> lines) {
        String parent = type.getSuperclass() == null || type.getSuperclass() == Object.class
                || type.isRecord() || type.isEnum() ? ""
                        : " extends " + type.getGenericSuperclass().getTypeName();
        String interfaces = type.getInterfaces().length == 0 ? ""
                : " : " + names(type.getGenericInterfaces());
        String permitted = type.isSealed() ? " permits " + names(type.getPermittedSubclasses()) : "";
        lines.add(type.toGenericString() + parent + interfaces + permitted);
        Stream.<AccessibleObject>concat(Arrays.stream(type.getDeclaredFields()),
                Stream.concat(Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods())))
                .filter(member -> open(((Member) member).getModifiers()) && !((Member) member).isSynthetic())
                .map(PublicApiTest::signature)
                .sorted()
                .forEach(line -> lines.add("    " + line));
    }

    private static String signature(AccessibleObject member) {
        return switch (member) {
            case Field field -> field.toGenericString();
            case Constructor<?> constructor -> constructor.toGenericString();
            case Method method -> method.toGenericString();
            default -> throw new IllegalArgumentException(member.toString());
        };
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }
}
