package dev.parley.doctor.cases;

import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A case of the file of cases, which explains the keys.
 *
 * @param lines the values of each key, in order
 */
record Case(String name, Map<String, List<String>> lines) {

    /** A part of the path, such as {@code node:4-token*2}. */
    record Part(String kind, String variant, int count) {
        private static Part of(String text) {
            String[] counted = text.split("\\*", -1);
            String[] named = counted[0].split(":", -1);
            return new Part(named[0], named.length > 1 ? named[1] : "",
                    counted.length > 1 ? Integer.parseInt(counted[1]) : 1);
        }
    }

    enum Look {
        QUICK,
        FULL,
        SHORT,
        BUSY
    }

    List<Part> path() {
        return Stream.of(one("path").orElseThrow().split(" > ")).map(Part::of).toList();
    }

    Health state() {
        return Health.valueOf(upper(one("state").orElseThrow()));
    }

    Set<Cause> causes(String key) {
        return Set.copyOf(words(key).map(word -> Cause.valueOf(upper(word))).distinct().toList());
    }

    Look look() {
        return one("look").map(text -> Look.valueOf(upper(text))).orElse(Look.QUICK);
    }

    /** Returns whether nothing may run beside the case: how voice sounds, which is measured on Parley, depends on it. */
    boolean isAlone() {
        return look() == Look.FULL && path().stream().anyMatch(part -> part.kind().equals("parley"));
    }

    boolean isQuick() {
        return lines.containsKey("check");
    }

    Optional<String> one(String key) {
        return lines.getOrDefault(key, List.of()).stream().findFirst();
    }

    /** Returns the lines of a key as one text; empty if there are none. */
    String text(String key) {
        return String.join("\n", lines.getOrDefault(key, List.of()));
    }

    private Stream<String> words(String key) {
        return lines.getOrDefault(key, List.of()).stream().flatMap(line -> Stream.of(line.split(" ")));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
