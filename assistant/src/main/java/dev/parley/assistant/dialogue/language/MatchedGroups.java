package dev.parley.assistant.dialogue.language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The named groups of a pattern that matched a whole text; an absent group reads as "". */
public final class MatchedGroups {
    private final Matcher matcher;

    private MatchedGroups(Matcher matcher) {
        this.matcher = matcher;
    }

    public static Optional<MatchedGroups> match(Pattern pattern, CharSequence text) {
        var matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(new MatchedGroups(matcher)) : Optional.empty();
    }

    /** Returns the groups of the first pattern that matches the whole text. */
    public static Optional<MatchedGroups> matchAny(Iterable<Pattern> patterns, CharSequence text) {
        for (var pattern : patterns) {
            var found = match(pattern, text);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    public String get(String name) {
        var value = matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
        return value == null ? "" : value.strip();
    }

    /** Returns the first of these groups that is not empty. */
    public String first(String... names) {
        for (var name : names) {
            var value = get(name);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
