package dev.parley.assistant.tool;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Normalizes the free text that models put into arguments. Stateless. */
public final class ArgumentText {
    private static final Set<String> SMALL_WORDS = Set.of("a", "an", "the", "my", "your", "our", "his", "her",
            "their", "is", "are", "was", "were", "am", "be", "i", "me", "you", "it", "that", "this", "to",
            "of", "in", "on", "at", "for", "and", "or", "do", "does", "did", "what", "where", "when", "who",
            "how", "about", "with", "have", "has", "timer", "note", "notes");

    private ArgumentText() {}

    /** Returns the text as one line of at most {@code max} characters without surrounding space. */
    public static String brief(String text, int max) {
        var line = text.codePoints()
                .limit(4L * max)
                .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll(" +", " ")
                .strip();
        if (line.length() <= max) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(max - 1)) ? max - 1 : max;
        return line.substring(0, end).strip();
    }

    /** Returns lower-case letters and digits with single spaces, by which names are compared. */
    public static String key(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("['\u2019.]", "")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** Returns the words that carry meaning, roughly reduced to their stems, for searching notes and labels. */
    public static Set<String> keywords(String text) {
        var words = new LinkedHashSet<String>();
        for (var word : key(text).split(" ", -1)) {
            if (!word.isEmpty() && !SMALL_WORDS.contains(word)) {
                words.add(stem(word));
            }
        }
        return words;
    }

    private static String stem(String word) {
        for (var ending : new String[]{"ing", "ed", "s"}) {
            if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word;
    }
}
