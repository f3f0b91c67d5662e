package dev.parley.speech.synthesis;

import dev.parley.speech.synthesis.normal.SpokenText;
import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/** Converts a written text to flite's input: words in ASCII. */
final class Pronounceable {

    private static final Map<String, String> LETTERS = Map.of("ß", "ss", "ø", "o", "æ", "ae", "Ø", "O", "Æ",
            "Ae", "ł", "l", "Ł", "L", "đ", "d", "œ", "oe", "ı", "i");
    private static final Pattern FOREIGN = Pattern.compile("[^\\x00-\\x7f]");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern UNKNOWN = Pattern.compile("[^\\x20-\\x7e]+");
    private static final Pattern SPACES = Pattern.compile(" {2,}");

    private Pronounceable() {}

    static String of(String written) {
        String lettered = FOREIGN.matcher(SpokenText.of(written))
                .replaceAll(found -> LETTERS.getOrDefault(found.group(), found.group()));
        String plain = ACCENTS.matcher(Normalizer.normalize(lettered, Normalizer.Form.NFKD)).replaceAll("");
        String ascii = UNKNOWN.matcher(plain).replaceAll(" ");
        return SPACES.matcher(ascii).replaceAll(" ").strip();
    }
}
