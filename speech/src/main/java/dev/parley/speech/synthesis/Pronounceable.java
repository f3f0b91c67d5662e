package dev.parley.speech.synthesis;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/** Converts text to flite's input: ASCII, with unknown signs written as words. */
final class Pronounceable {

    private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("°C", " degrees Celsius"),
            Map.entry("°F", " degrees Fahrenheit"), Map.entry("°", " degrees"), Map.entry("€", " euros "),
            Map.entry("£", " pounds "), Map.entry("×", " times "), Map.entry("÷", " divided by "),
            Map.entry("−", " minus "), Map.entry("½", " and a half"), Map.entry("\u2018", "'"),
            Map.entry("\u2019", "'"), Map.entry("\u201c", ""), Map.entry("\u201d", ""),
            Map.entry("\u2013", "-"), Map.entry("\u2014", ", "), Map.entry("\u2026", ", "),
            Map.entry("ß", "ss"), Map.entry("ø", "o"), Map.entry("æ", "ae"));
    private static final Pattern SIGNS = Pattern.compile("°C|°F|[^\\x00-\\x7f]");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern UNKNOWN = Pattern.compile("[^\\x20-\\x7e]+");
    private static final Pattern SPACES = Pattern.compile(" {2,}");

    private Pronounceable() {}

    static String of(String text) {
        String worded = SIGNS.matcher(text)
                .replaceAll(found -> WORDS.getOrDefault(found.group(), found.group()));
        String plain = ACCENTS.matcher(Normalizer.normalize(worded, Normalizer.Form.NFKD)).replaceAll("");
        String ascii = UNKNOWN.matcher(plain).replaceAll(" ");
        return SPACES.matcher(ascii).replaceAll(" ").strip();
    }
}
