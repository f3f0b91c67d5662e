package dev.parley.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts misrecognised words: the fewest insertions, deletions and replacements that turn one text into the other. */
final class WordErrors {

    private static final Map<String, String> DIGITS = Map.of("1", "one", "2", "two", "3", "three", "4",
            "four", "5", "five", "6", "six", "7", "seven", "8", "eight", "9", "nine", "10", "ten");

    private WordErrors() {}

    static List<String> words(String text) {
        return Arrays
                .stream(text.toLowerCase(Locale.ROOT)
                        .replace("-", "")
                        .replaceAll("[^a-z0-9' ]", " ")
                        .strip()
                        .split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(word -> DIGITS.getOrDefault(word, word))
                .toList();
    }

    static int between(String said, String heard) {
        List<String> a = words(said);
        List<String> b = words(heard);
        int[] row = new int[b.size() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.size(); j++) {
                int replaced = diagonal + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.size()];
    }
}
