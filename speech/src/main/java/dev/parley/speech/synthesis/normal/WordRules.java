package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Words that are not said as they are written: acronyms, spelled letters, words with digits, signs. */
final class WordRules {

    /** Maximum length of a word of letters and digits; a longer one is said to be a code. */
    private static final int MAX_CODE = 24;
    private static final Map<String, String> SIGNS = Map.ofEntries(Map.entry("&", "and"),
            Map.entry("+", "plus"), Map.entry("=", "equals"), Map.entry("\u00d7", "times"),
            Map.entry("*", "times"), Map.entry("\u00f7", "divided by"), Map.entry("\u2212", "minus"),
            Map.entry("\u2260", "is not"), Map.entry("\u2264", "at most"), Map.entry("\u2265", "at least"),
            Map.entry("<=", "at most"), Map.entry(">=", "at least"), Map.entry("<", "less than"),
            Map.entry(">", "greater than"), Map.entry("\u2248", "about"), Map.entry("~", "about"),
            Map.entry("\u00b1", "plus or minus"), Map.entry("\u2192", "to"), Map.entry("->", "to"),
            Map.entry("=>", "to"), Map.entry("\u00a9", ""), Map.entry("\u00ae", ""), Map.entry("\u2122", ""),
            Map.entry("\u03c0", "pi"), Map.entry("==", "equals"), Map.entry("!=", "is not"),
            Map.entry("\u221a", "the square root of "), Map.entry("\u221e", "infinity"),
            Map.entry("\u00b0", "degrees"), Map.entry("%", "percent"), Map.entry("@", "at"),
            Map.entry("\u20ac", "euros"), Map.entry("\u00a3", "pounds"), Map.entry("^", "to the power"),
            Map.entry("\u00b2", "squared"), Map.entry("\u00b3", "cubed"), Map.entry("\u00b5", "micro"));

    /** Spelled and dotted letters; they go before abbreviations. */
    static final List<Rule> DOTTED = List.of(
            Rule.of("(?<word>(?:\\p{L}-){2,30}\\p{L})(?![\\p{L}\\d-])", form -> spelled(form.get("word"))),
            Rule.maybe("(?<word>(?:\\p{Lu}\\.){2,8})(?:(?<last>\\p{Lu})(?![\\p{L}\\d]))?(?![\\p{L}\\d])",
                    form -> Optional.of(spell(form.all().replace(".", ""))
                            + (form.endsText() && !form.has("last") ? "." : ""))),
            Rule.of("(?<word>Ph\\.D)\\.?",
                    form -> "P H D" + (form.endsText() && form.all().endsWith(".D.") ? "." : "")));

    static final List<Rule> LETTERS = List.of(
            Rule.maybe(
                    "/(?<unit>month|year|day|week|hour|minute|second|person|night|min|h|kg|l)(?![\\p{L}\\d])",
                    form -> after(form, "\\p{L}") ? Optional.empty()
                            : Optional.of(" per " + Measures.name(form.get("unit"), true))),
            Rule.of("#(?=\\d)", form -> "number "), Rule.of("#(?=\\p{L})", form -> ""),
            Rule.of("(?<word>\\p{L}(?:\\+\\+|#))(?![\\p{L}\\d])",
                    form -> form.all().charAt(0) + (form.all().endsWith("#") ? " sharp" : " plus plus")),
            Rule.of("--?(?<word>[\\p{L}][\\p{L}\\d]{0,30})",
                    form -> (form.all().startsWith("--") ? "dash dash " : "dash ") + mixed(form.get("word"))),
            Rule.maybe("(?<word>[\\p{L}\\d]{1,250})(?<plural>['\u2019]?s(?![\\p{L}\\d]))?", WordRules::word));

    static final List<Rule> SIGN_RULES = List
            .of(Rule.maybe("(?<sign><=|>=|==|!=|->|=>|[^\\p{L}\\d\\s.,;:!?'\"()-])",
                    form -> Optional.ofNullable(SIGNS.get(form.get("sign")))
                            .filter(words -> !words.equals("times") || after(form, "[\\d)] ?"))
                            .map(words -> " " + words + " ")));

    private WordRules() {}

    /** Returns whether the text before the form ends like this. */
    private static boolean after(Rule.Form form, String pattern) {
        int start = form.match().start();
        return form.text().substring(Math.max(0, start - 2), start).matches("(?s).{0,2}?" + pattern);
    }

    /** Spells a word: "A P I", "M P three". */
    static String spell(String word) {
        var words = new StringBuilder();
        word.codePoints().limit(40).forEach(c -> {
            words.append(words.isEmpty() ? "" : " ");
            if (c >= '0' && c <= '9') {
                words.append(NumberNames.whole(c - '0'));
            } else {
                words.appendCodePoint(Character.toUpperCase(c));
            }
        });
        return words.toString();
    }

    /** Spells letters with a pause after each: "R, H, Y, T, H, M". */
    private static String spelled(String letters) {
        return spell(letters.replace("-", "")).replace(" ", ", ");
    }

    /** Says a word that may mix letters and digits: "M P three", "covid nineteen". */
    static String mixed(String word) {
        if (word.length() > MAX_CODE && word.chars().anyMatch(Character::isDigit)) {
            return "a long code";
        }
        var words = new StringBuilder();
        for (int start = 0; start < word.length();) {
            int end = start + 1;
            boolean digit = Character.isDigit(word.charAt(start));
            while (end < word.length() && Character.isDigit(word.charAt(end)) == digit) {
                end++;
            }
            var part = word.substring(start, end);
            words.append(words.isEmpty() ? "" : " ").append(digit ? NumberNames.whole(part) : letters(part));
            start = end;
        }
        return words.toString();
    }

    private static String letters(String part) {
        boolean capitals = part.length() > 1 && part.equals(part.toUpperCase(Locale.ROOT))
                && !part.equals(part.toLowerCase(Locale.ROOT));
        return capitals ? Acronyms.say(part) : part;
    }

    private static Optional<String> word(Rule.Form form) {
        var word = form.get("word");
        var plural = form.get("plural");
        if (plural.isEmpty() && word.length() > 2 && word.endsWith("s")
                && capitals(word.substring(0, word.length() - 1))) {
            word = word.substring(0, word.length() - 1);
            plural = "s";
        }
        boolean plain = word.chars().allMatch(Character::isLetter) && !capitals(word);
        if (plain) {
            return Optional.empty();
        }
        if (word.equals("OK") && plural.isEmpty()) {
            return Optional.of("okay");
        }
        var said = mixed(word);
        // A spelled letter takes "'s", so that a voice does not read "P Is" as a word.
        boolean spelled = said.length() > 1 && said.charAt(said.length() - 2) == ' ';
        return Optional.of(said + (plural.isEmpty() ? "" : spelled ? "'s" : plural));
    }

    private static boolean capitals(String word) {
        return word.length() > 1 && word.chars().allMatch(c -> Character.isUpperCase(c));
    }
}
