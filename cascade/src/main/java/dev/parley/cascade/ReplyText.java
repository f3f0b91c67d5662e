package dev.parley.cascade;

import dev.parley.speech.synthesis.Sentences;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a reply that arrives in pieces into parts to say: whole sentences, and first of all a clause, so that the voice begins early. Finds
 * replies that repeat themselves or do not end. Not thread-safe.
 */
final class ReplyText {

    /** Maximum length of a reply, in characters: about four minutes of speech. */
    static final int LONGEST = 4_000;

    private static final int SHORTEST_CLAUSE = 12;
    private static final int CLAUSE_WORDS = 3;
    private static final String CLAUSE_MARKS = ",;:\u2014";
    /** Three copies of the same text that are together at least so long are a repetition. */
    private static final int REPEATED = 90;
    private static final int LONGEST_PERIOD = 300;
    private static final int COPIES = 3;

    private final StringBuilder whole = new StringBuilder();
    private int taken;

    /** Adds a piece, and returns the parts that are complete with it. */
    List<String> add(String piece) {
        whole.append(piece);
        String rest = whole.substring(taken);
        if (rest.split("```", -1).length % 2 == 0) {
            return List.of(); // within a block of code
        }
        List<String> sentences = Sentences.of(rest);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i + 1 < sentences.size(); i++) {
            parts.add(sentences.get(i));
            taken = end(sentences.get(i));
        }
        if (taken == 0 && parts.isEmpty()) {
            int end = clauseEnd(rest);
            if (end > 0) {
                parts.add(rest.substring(0, end).strip());
                taken = end;
            }
        }
        return parts;
    }

    /** Returns the parts that are left, because the reply has ended. */
    List<String> finish() {
        List<String> parts = Sentences.of(whole.substring(taken));
        taken = whole.length();
        return parts;
    }

    /** Returns the parts of a text that is whole. */
    static List<String> parts(String text) {
        return Sentences.of(text);
    }

    private int end(String sentence) {
        int at = whole.indexOf(sentence, taken);
        return at < 0 ? Math.min(whole.length(), taken + sentence.length()) : at + sentence.length();
    }

    /** Returns the end of the first clause that is long enough to be said alone, or 0. */
    private static int clauseEnd(String text) {
        int words = 0;
        for (int i = 1; i + 1 < text.length(); i++) {
            if (text.charAt(i + 1) == ' ') {
                words++;
                if (words >= CLAUSE_WORDS && i >= SHORTEST_CLAUSE
                        && CLAUSE_MARKS.indexOf(text.charAt(i)) >= 0) {
                    return i + 1;
                }
            }
        }
        return 0;
    }

    /** Returns the whole reply so far. */
    String whole() {
        return whole.toString();
    }

    /** Returns whether the reply repeats itself, or is longer than anybody would listen to. */
    boolean endless() {
        if (whole.length() > LONGEST) {
            return true;
        }
        int length = whole.length();
        for (int period = 1; period <= LONGEST_PERIOD && period * COPIES <= length; period++) {
            int covered = Math.max(period * COPIES, REPEATED);
            if (covered <= length && repeats(length - covered, period)) {
                return true;
            }
        }
        return false;
    }

    private boolean repeats(int from, int period) {
        for (int i = whole.length() - 1; i - period >= from; i--) {
            if (whole.charAt(i) != whole.charAt(i - period)) {
                return false;
            }
        }
        return true;
    }
}
