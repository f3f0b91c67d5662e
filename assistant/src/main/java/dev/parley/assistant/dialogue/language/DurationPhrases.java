package dev.parley.assistant.dialogue.language;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds a length of time in an utterance: "10 seconds", "1 hour and 5 minutes", "0.5 hour", "1 minute 30". */
public final class DurationPhrases {
    private static final String PIECE = "(\\d{1,9}(?:\\.\\d{1,4})?|an?) ?(hours?|hrs?|minutes?|mins?|minuets?|seconds?|secs?|days?)";
    private static final Pattern SPAN = Pattern
            .compile("\\b" + PIECE + "(?:(?: and)? " + PIECE + ")?(?:(?: and)? " + PIECE + ")?(?: time)?\\b");

    /** A duration, and the text with a {@code <d>} in its place. */
    public record Found(BigDecimal seconds, String template) {}

    private DurationPhrases() {}

    public static Optional<Found> find(String text) {
        var match = SPAN.matcher(text);
        if (!match.find()) {
            return Optional.empty();
        }
        var seconds = BigDecimal.ZERO;
        for (int group = 1; group < match.groupCount(); group += 2) {
            if (match.group(group) != null) {
                seconds = seconds.add(seconds(match.group(group), match.group(group + 1)));
            }
        }
        var template = text.substring(0, match.start()) + "<d>" + text.substring(match.end());
        return Optional.of(new Found(seconds.stripTrailingZeros(), template));
    }

    private static BigDecimal seconds(String count, String unit) {
        var number = Character.isDigit(count.charAt(0)) ? new BigDecimal(count) : BigDecimal.ONE;
        return number.multiply(BigDecimal.valueOf(switch (unit.charAt(0)) {
            case 'd' -> 86_400;
            case 'h' -> 3600;
            case 'm' -> 60;
            default -> 1;
        }));
    }
}
