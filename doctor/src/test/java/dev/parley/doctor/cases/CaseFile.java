package dev.parley.doctor.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the file of cases. */
final class CaseFile {
    /** The folder of cases, seen from the module's own folder. */
    static final Path HOME = Path.of(System.getProperty("doctor.cases", "src/test/cases"));

    static final Set<String> KEYS = Set.of("case", "path", "origin", "header", "scheme", "host", "look",
            "state", "cause", "also", "note", "not", "software", "paste", "client", "check", "nginx",
            "nginx-http", "nginx-listen", "apache", "caddy", "haproxy", "haproxy-defaults", "haproxy-listen",
            "lighttpd", "varnish", "squid", "stunnel");

    private CaseFile() {}

    static List<Case> read() {
        try {
            return read(Files.readAllLines(HOME.resolve("cases.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the cases of a text; throws IllegalArgumentException for a key that does not exist. */
    static List<Case> read(List<String> text) {
        var cases = new ArrayList<Case>();
        Map<String, List<String>> current = Map.of();
        for (String line : text) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] halves = line.strip().split(" +", 2);
            String value = halves.length > 1 ? halves[1] : "";
            if (!KEYS.contains(halves[0])) {
                throw new IllegalArgumentException("no such key: " + line);
            }
            if (halves[0].equals("case")) {
                current = new LinkedHashMap<>();
                cases.add(new Case(value, current));
            } else {
                current.computeIfAbsent(halves[0], _key -> new ArrayList<>()).add(value);
            }
        }
        return cases;
    }
}
