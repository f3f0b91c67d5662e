package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Roman numerals after a name or a word such as "chapter": Henry VIII, Chapter IV, World War II. */
final class RomanNumerals {

    private static final String LETTERS = "IVX";
    private static final int[] VALUES = {1, 5, 10};
    private static final Set<String> COUNTED = Set.of("chapter", "part", "volume", "vol", "act", "section",
            "phase", "type", "level", "war", "title", "class", "appendix", "book", "figure", "stage", "grade",
            "article");

    static final List<Rule> RULES = List.of(
            Rule.of("WW(?<n>II?)(?![\\p{L}\\d])",
                    form -> "World War " + NumberNames.whole(form.get("n").length())),
            Rule.maybe("(?<n>(?=[IVX]{2})X{0,2}(?:IX|IV|V?I{0,3}))(?![\\p{L}\\d])", RomanNumerals::number));

    private RomanNumerals() {}

    private static Optional<String> number(Rule.Form form) {
        var before = form.wordBefore();
        int start = form.match().start();
        boolean follows = start > 0 && form.text().charAt(start - 1) == ' ' && before.length() > 2;
        if (!follows) {
            return Optional.empty();
        }
        int value = value(form.get("n"));
        if (COUNTED.contains(before.toLowerCase(Locale.ROOT))) {
            return Optional.of(NumberNames.whole(value));
        }
        boolean name = before.matches("\\p{Lu}\\p{Ll}{1,29}") && !before.equals("The");
        return name ? Optional.of("the " + NumberNames.ordinal(String.valueOf(value))) : Optional.empty();
    }

    private static int value(String numeral) {
        int value = 0;
        for (int i = 0; i < numeral.length(); i++) {
            int digit = VALUES[LETTERS.indexOf(numeral.charAt(i))];
            boolean before = i + 1 < numeral.length()
                    && VALUES[LETTERS.indexOf(numeral.charAt(i + 1))] > digit;
            value += before ? -digit : digit;
        }
        return value;
    }
}
