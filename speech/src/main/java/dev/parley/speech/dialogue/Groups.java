package dev.parley.speech.dialogue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The named groups of a pattern that matched a whole text; an absent group reads as "". */
final class Groups {
    private final Matcher matcher;

    private Groups(Matcher matcher) {
        this.matcher = matcher;
    }

    static Optional<Groups> match(Pattern pattern, CharSequence text) {
        var matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(new Groups(matcher)) : Optional.empty();
    }

    /** Whether one of the patterns matches the whole text. */
    static Optional<Groups> matchAny(Iterable<Pattern> patterns, CharSequence text) {
        for (var pattern : patterns) {
            var found = match(pattern, text);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    String get(String name) {
        var value = matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
        return value == null ? "" : value.strip();
    }

    /** The first of these groups that holds something. */
    String first(String... names) {
        for (var name : names) {
            var value = get(name);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
