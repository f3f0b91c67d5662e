package dev.parley.speech.answer;

import java.util.Locale;
import java.util.Set;

/** Joins the halves of a sentence that were recognised as two turns. */
public final class Joining {

    /** Words that begin with a capital letter only because the recogniser began a sentence there. */
    private static final Set<String> SMALL = Set.of("a", "an", "the", "and", "or", "but", "in", "on", "at",
            "for", "to", "of", "with", "from", "by", "about", "is", "are", "was", "were", "it", "that",
            "this", "what", "when", "where", "who", "how", "my", "your", "one", "two", "three", "four",
            "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty", "thirty",
            "forty", "fifty", "sixty", "hundred", "half", "please", "tomorrow", "today");
    /** Words that begin something else, not the rest of a sentence. */
    private static final Set<String> OPENINGS = Set.of("sorry", "hello", "hey", "thanks", "thank");

    private static final Set<String> REFUSALS = Set.of("stop", "no", "nope", "wait", "cancel", "never",
            "forget");

    private Joining() {}

    /** Returns whether a text can be the rest of a sentence: it is not a refusal or a greeting. */
    public static boolean canContinue(String rest) {
        return !refuses(rest) && !OPENINGS.contains(firstWord(rest).toLowerCase(Locale.ROOT));
    }

    /** Returns whether a text refuses what was about to happen. */
    public static boolean refuses(String text) {
        return REFUSALS.contains(firstWord(text).toLowerCase(Locale.ROOT));
    }

    /** Joins two halves: the first loses the punctuation at its end, and the second the capital letter that began it. */
    public static String join(String first, String rest) {
        int end = first.length();
        while (end > 0 && !Character.isLetterOrDigit(first.charAt(end - 1))) {
            end--;
        }
        String word = firstWord(rest);
        String continued = SMALL.contains(word.toLowerCase(Locale.ROOT))
                ? word.toLowerCase(Locale.ROOT) + rest.substring(word.length())
                : rest;
        return first.substring(0, end) + " " + continued;
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
