package dev.parley.speech.synthesis;

import dev.parley.speech.synthesis.normal.Abbreviations;
import dev.parley.speech.synthesis.normal.CodeBlocks;
import dev.parley.speech.synthesis.normal.Emoji;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts an answer into sentences, so that the first can be heard while the rest is still being synthesised. */
public final class Sentences {

    /** Maximum length, about 15 s of speech. A longer sentence is cut at a comma, otherwise at a space. */
    static final int MAX_LENGTH = 200;

    /** Words that can follow a time within a sentence: "at 9 a.m. Tuesday", "at 9 a.m. UTC". */
    private static final Pattern AFTER_TIME = Pattern
            .compile("(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\\b.*|[A-Z]{2,4}\\b.*", Pattern.DOTALL);

    private Sentences() {}

    /**
     * Returns the sentences of {@code text}, none of them blank or longer than {@value #MAX_LENGTH} characters. The first block of code is a
     * sentence of any length; later ones belong to the sentence before them, because only the first one is announced.
     */
    public static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        boolean code = false;
        for (int i = 0; i < text.length(); i++) {
            int end = CodeBlocks.end(text, i);
            if (end > 0) {
                add(sentences, text.substring(start, i));
                String block = text.substring(i, end).strip();
                sentences.add(code ? sentences.removeLast() + " " + block : block);
                code = true;
                start = end;
                i = end - 1;
            } else if (endsSentence(text, i)) {
                add(sentences, text.substring(start, i + 1));
                start = i + 1;
            }
        }
        add(sentences, text.substring(start));
        return sentences;
    }

    /** Returns whether a sentence can only be said from its beginning, because it contains code that is not read aloud. */
    public static boolean isIndivisible(String sentence) {
        return CodeBlocks.in(sentence);
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
        return !Character.isLowerCase(text.charAt(next)) && !Abbreviations.goesOn(text, at)
                && !goesOnAfterTime(text, at, next) && !listMark(text, at);
    }

    private static boolean goesOnAfterTime(String text, int dot, int next) {
        return dot > 3 && text.substring(dot - 3, dot).matches("[ap]\\.m")
                && AFTER_TIME.matcher(text).region(next, Math.min(text.length(), next + 12)).matches();
    }

    /** Returns whether the period belongs to the number of a list's item: "1. Open the door." */
    private static boolean listMark(String text, int dot) {
        int start = dot;
        while (start > 0 && dot - start < 4 && Character.isDigit(text.charAt(start - 1))) {
            start--;
        }
        int line = start;
        while (line > 0 && text.charAt(line - 1) == ' ') {
            line--;
        }
        return start < dot && dot - start < 4 && (line == 0 || text.charAt(line - 1) == '\n');
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
        } else if (rest.codePoints().anyMatch(Emoji::is)) {
            addEmoji(sentences, rest);
        }
    }

    /** Appends emoji after a sentence, which belong to it; a text of emoji alone is a sentence. */
    private static void addEmoji(List<String> sentences, String emoji) {
        if (sentences.isEmpty()) {
            sentences.add(emoji.substring(0, Math.min(emoji.length(), MAX_LENGTH)));
        } else if (sentences.getLast().length() + emoji.length() < MAX_LENGTH) {
            sentences.add(sentences.removeLast() + " " + emoji);
        }
    }
}
