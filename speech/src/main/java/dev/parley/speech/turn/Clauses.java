package dev.parley.speech.turn;

import java.util.Locale;
import java.util.Set;

/** Finds the places in a sentence at which an interrupted speaker would begin again. */
final class Clauses {

    private static final String MARKS = ",;:\u2014(";
    private static final Set<String> OPENERS = Set.of("and", "but", "or", "because", "so", "which", "who",
            "that", "then", "while", "when", "where", "if");

    private Clauses() {}

    /**
     * Returns the last beginning of a clause that is not after an offset.
     *
     * @param text   the sentence
     * @param from   the lowest offset to return
     * @param offset how far the sentence was heard, in characters
     */
    static int lastBeginning(String text, int from, int offset) {
        int last = from;
        for (int i = Math.max(1, from); i <= Math.min(offset, text.length() - 1); i++) {
            if (text.charAt(i - 1) == ' ' && i >= 2
                    && (MARKS.indexOf(text.charAt(i - 2)) >= 0 || opens(text, i))) {
                last = i;
            }
        }
        return last;
    }

    private static boolean opens(String text, int at) {
        int end = text.indexOf(' ', at);
        return end > 0 && OPENERS.contains(text.substring(at, end).toLowerCase(Locale.ROOT));
    }
}
