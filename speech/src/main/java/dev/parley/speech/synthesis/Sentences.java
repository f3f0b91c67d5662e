package dev.parley.speech.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts an answer into sentences, so that the first can be heard while the rest is still being synthesised. */
public final class Sentences {

    /** Maximum length, about 15 s of speech. A longer sentence is cut at a comma, otherwise at a space. */
    static final int MAX_LENGTH = 200;

    private static final Set<String> ABBREVIATIONS = Set.of("mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr",
            "vs", "etc", "e.g", "i.e", "no", "approx");

    private Sentences() {}

    /** Returns the sentences of {@code text}, none of them blank or longer than {@value #MAX_LENGTH} characters. */
    public static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (endsSentence(text, i)) {
                add(sentences, text.substring(start, i + 1));
                start = i + 1;
            }
        }
        add(sentences, text.substring(start));
        return sentences;
    }

    /** Returns whether a recognised text reads as if its speaker had finished. */
    public static boolean complete(String text) {
        return !text.isEmpty() && ".?!".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private static boolean endsSentence(String text, int at) {
        char sign = text.charAt(at);
        if (sign == '\n') {
            return true;
        }
        if (".?!".indexOf(sign) < 0) {
            return false;
        }
        int next = at + 1;
        if (next == text.length()) {
            return true;
        }
        if (!Character.isWhitespace(text.charAt(next))) {
            return false; // 3.14, e.g., "Really?!", "end.)"
        }
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next == text.length() || sign != '.') {
            return true;
        }
        return !Character.isLowerCase(text.charAt(next)) && !abbreviation(text, at);
    }

    /** Returns whether a period is part of an abbreviation. "Dr. Who" and "J. Smith" go on; "at 9 p.m. Then" does not. */
    private static boolean abbreviation(String text, int dot) {
        int start = dot;
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        String word = text.substring(start, dot);
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
        return initial || ABBREVIATIONS.contains(word.toLowerCase(java.util.Locale.ROOT));
    }

    private static void add(List<String> sentences, String sentence) {
        String rest = sentence.strip();
        while (rest.length() > MAX_LENGTH) {
            int cut = rest.lastIndexOf(", ", MAX_LENGTH - 1);
            cut = cut < MAX_LENGTH / 3 ? rest.lastIndexOf(' ', MAX_LENGTH - 1) : cut + 1;
            cut = cut < 1 ? MAX_LENGTH : cut;
            sentences.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        if (rest.chars().anyMatch(Character::isLetterOrDigit)) {
            sentences.add(rest);
        }
    }
}
