package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds the time zone of a place by its name: the table {@code places.txt}, then the cities in the ids of the JDK's time zones. One wrong
 * letter in a longer name is accepted if only one place is that close. Thread-safe.
 */
public final class Places {
    static final int MAX_NAME = 60;
    private static final Pattern OFFSET = Pattern
            .compile("(?:utc|gmt)? ?([+-]) ?(\\d{1,2})(?::?([0-5]\\d))?");

    /** A place and its name in an answer. */
    record Place(String name, ZoneId zone) {}

    private static final Map<String, Place> BY_NAME = load();

    private Places() {}

    /** Returns whether this is exactly the name of a place in the table. */
    public static boolean isName(String name) {
        return BY_NAME.containsKey(key(name));
    }

    static Optional<Place> find(String name) {
        var key = key(name);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        return exact(name.strip()).or(() -> Optional.ofNullable(BY_NAME.get(key)))
                .or(() -> offset(name))
                .or(() -> within(key))
                .or(() -> close(key));
    }

    private static Optional<Place> exact(String id) {
        if (!id.contains("/")) {
            return Optional.empty();
        }
        try {
            var zone = ZoneId.of(id.replace(' ', '_'));
            return Optional.of(new Place(city(zone.getId()), zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Place> offset(String name) {
        var match = OFFSET.matcher(
                name.strip().toLowerCase(java.util.Locale.ROOT).replace("plus", "+").replace("minus", "-"));
        if (!match.matches() || Integer.parseInt(match.group(2)) > 14) {
            return Optional.empty();
        }
        var zone = ZoneId.of("UTC%s%02d:%s".formatted(match.group(1), Integer.parseInt(match.group(2)),
                Objects.requireNonNullElse(match.group(3), "00")));
        return Optional.of(new Place(zone.getId(), zone));
    }

    /** Finds a known place followed by another one: "Lyon France". */
    private static Optional<Place> within(String key) {
        for (int space = key.lastIndexOf(' '); space > 0; space = key.lastIndexOf(' ', space - 1)) {
            var place = BY_NAME.get(key.substring(0, space));
            if (place != null && BY_NAME.containsKey(key.substring(space + 1))) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private static Optional<Place> close(String key) {
        if (key.length() < 5) {
            return Optional.empty();
        }
        var near = BY_NAME.entrySet()
                .stream()
                .filter(entry -> entry.getKey().charAt(0) == key.charAt(0) && oneEdit(entry.getKey(), key))
                .map(Map.Entry::getValue)
                .distinct()
                .limit(2)
                .toList();
        return near.size() == 1 ? Optional.of(near.getFirst()) : Optional.empty();
    }

    /** Returns whether one letter added, dropped or changed, or two neighbours swapped, makes one word of the other. */
    private static boolean oneEdit(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1) {
            return false;
        }
        int head = 0;
        while (head < Math.min(a.length(), b.length()) && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(a.length(), b.length()) - head
                && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        int left = a.length() - head - tail;
        int right = b.length() - head - tail;
        return Math.max(left, right) <= 1 || (left == 2 && right == 2 && a.charAt(head) == b.charAt(head + 1)
                && a.charAt(head + 1) == b.charAt(head));
    }

    private static String key(String name) {
        var plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
        var key = ArgumentText.key(plain);
        return key.startsWith("the ") ? key.substring(4) : key;
    }

    private static String city(String zoneId) {
        return zoneId.substring(zoneId.lastIndexOf('/') + 1).replace('_', ' ');
    }

    /**
     * Reads the table, whose lines are: zone id; names. An equals sign before the first name makes it the name in answers for all. Then adds
     * the cities of zone ids such as Europe/Paris that the table does not name.
     */
    private static Map<String, Place> load() {
        var places = new TreeMap<String, Place>();
        for (var line : lines()) {
            var cells = List.of(line.split(";", -1)).stream().map(String::strip).toList();
            var zone = ZoneId.of(cells.getFirst());
            boolean named = cells.get(1).startsWith("=");
            var spoken = cells.get(1).substring(named ? 1 : 0);
            for (var name : cells.subList(1, cells.size())) {
                places.put(key(name), new Place(named ? spoken : name, zone));
            }
        }
        for (var id : new java.util.TreeSet<>(ZoneId.getAvailableZoneIds())) {
            if (id.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+")) {
                places.putIfAbsent(key(city(id)), new Place(city(id), ZoneId.of(id)));
            }
        }
        return Map.copyOf(places);
    }

    private static List<String> lines() {
        try (var in = Places.class.getResourceAsStream("places.txt");
                var reader = new BufferedReader(new InputStreamReader(
                        Objects.requireNonNull(in, "places.txt"), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
