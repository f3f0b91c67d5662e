package dev.parley.app.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class Nearest {

    private Nearest() {}

    /** The word nearest to the one written, if few of its letters have to change. */
    public static Optional<String> to(String written, Collection<String> words) {
        return words.stream()
                .filter(word -> distance(written, word) <= Math.max(2, word.length() / 3))
                .filter(word -> distance(written, word) < letters(word)) // else nothing of it is left
                .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    private static int letters(String word) {
        return (int) word.chars().filter(Character::isLetterOrDigit).count();
    }

    /** Levenshtein's distance, letter case aside. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
