package dev.parley.assistant.dialogue.language;

import java.util.Map;
import java.util.regex.Pattern;

/** Replaces words that sound like numbers by digits, where a number is expected: "won plus to" is 1 + 2. Stateless. */
public final class Homophones {
    private static final Map<String, String> NUMBERS = Map.ofEntries(Map.entry("won", "1"),
            Map.entry("wan", "1"), Map.entry("to", "2"), Map.entry("too", "2"), Map.entry("tree", "3"),
            Map.entry("free", "3"), Map.entry("for", "4"), Map.entry("fore", "4"), Map.entry("sex", "6"),
            Map.entry("sicks", "6"), Map.entry("ate", "8"), Map.entry("nein", "9"), Map.entry("tin", "10"),
            Map.entry("tan", "10"));
    private static final String SOUND = "(?:won|wan|too?|tree|free|fore?|sex|sicks|ate|nein|tin|tan)";
    private static final String NUMBER = "(?:-?\\d+(?:\\.\\d+)?(?: " + SOUND + ")?|" + SOUND + ")";
    private static final String SIGN = "(?:plus|minus|times|multiplied by|divided by)";
    /** Matches if the whole phrase is a sum, so that each of these words stands for a number. */
    private static final Pattern SUM = Pattern
            .compile(NUMBER + "(?: (?:" + SIGN + " " + NUMBER + "|-\\d+(?:\\.\\d+)?)){1,6}");
    private static final Pattern WORD = Pattern
            .compile("(?<![\\p{L}])(?:(?<tens>[2-9]0) )?(?<sound>" + SOUND + ")(?![\\p{L}])");
    private static final Pattern SPAN = Pattern.compile("\\b(?<lead>for|of|in|it|to|set) (?<sound>" + SOUND
            + ") (?<unit>seconds?|minutes?|hours?|miles?|kilometers?|kilometres?|kilos?|kilograms?|pounds?|ounces?|liters?|litres?|cups?|feet|inches)\\b");

    private Homophones() {}

    /** Returns the sum with digits, or the phrase as it is if it is no sum. */
    public static String inSum(String phrase) {
        if (!SUM.matcher(phrase).matches()) {
            return phrase;
        }
        var digits = WORD.matcher(phrase).replaceAll(match -> {
            int ones = Integer.parseInt(NUMBERS.getOrDefault(match.group("sound"), "0"));
            var tens = match.group("tens");
            return String.valueOf(tens == null || ones > 9 ? ones : Integer.parseInt(tens) + ones);
        });
        // After a word that was not a number yet, "minus 5" was read as a negative number.
        return digits.replaceAll("(?<=\\d) -(?=\\d)", " minus ");
    }

    /** Returns the text with digits between a word such as "for" and a unit: "for ate minutes". Keeps "in to" and "to to". */
    static String beforeUnits(String text) {
        return SPAN.matcher(text).replaceAll(match -> {
            var lead = match.group("lead");
            boolean into = match.group("sound").matches("to|for") && !lead.matches("for|of");
            return into ? match.group()
                    : lead + " " + NUMBERS.getOrDefault(match.group("sound"), "") + " " + match.group("unit");
        });
    }
}
