package dev.parley.speech.synthesis.normal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a written sentence into words that a voice can say: numbers, times, dates, money, units, abbreviations, addresses, Markdown and emoji.
 * English. The voices call it just before synthesis, so that a transcript keeps the written form.
 *
 * <p>
 * Pure and thread-safe. Texts come from language models, so any text is accepted: it takes linear time, and no more than
 * {@value #MAX_LENGTH} characters are read.
 */
public final class SpokenText {

    /** Maximum length of a text, in characters. The rest is not said. */
    public static final int MAX_LENGTH = 1000;

    private static final List<Rule> RULES = rules();
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SPACE_BEFORE_SIGN = Pattern.compile(" (?=[.,;:!?)](?: |$))");

    private SpokenText() {}

    /** Returns the words of a written text; "" if there is nothing to say. */
    public static String of(String written) {
        var text = unshouted(Markdown.plain(Emoji.name(CodeBlocks.named(limited(written)))));
        var words = new StringBuilder();
        var matchers = new ArrayList<Matcher>();
        for (var rule : RULES) {
            matchers.add(rule.pattern().matcher(text).useTransparentBounds(true).useAnchoringBounds(false));
        }
        // A form may begin directly after another one, such as the second number of 3x4.
        int after = 0;
        for (int at = 0; at < text.length();) {
            boolean begins = (at == after && !joins(text, at)) || begins(text, at);
            int next = begins ? step(text, at, matchers, words) : -1;
            after = next < 0 ? after : next;
            at = next < 0 ? copy(text, at, words) : next;
        }
        var said = SPACES.matcher(words).replaceAll(" ");
        return SPACE_BEFORE_SIGN.matcher(said).replaceAll("").strip();
    }

    private static List<Rule> rules() {
        var all = new ArrayList<Rule>();
        for (var rules : List.of(MeasureRules.FIRST, AddressRules.RULES, ClockRules.RULES,
                NumberRules.TELEPHONES, DateRules.RULES, MoneyRules.RULES, MeasureRules.RULES,
                NumberRules.RULES, RomanNumerals.RULES, WordRules.DOTTED, Abbreviations.RULES,
                WordRules.LETTERS, WordRules.SIGN_RULES)) {
            all.addAll(rules);
        }
        return List.copyOf(all);
    }

    /** Appends the words of the form at this place, by the first rule that matches. Returns the index after the form, or -1. */
    private static int step(String text, int at, List<Matcher> matchers, StringBuilder words) {
        for (int i = 0; i < RULES.size(); i++) {
            var match = matchers.get(i).region(at, Math.min(text.length(), at + Rule.WINDOW));
            if (match.lookingAt() && match.end() > at) {
                Optional<String> said = RULES.get(i).words().apply(new Rule.Form(match, text));
                if (said.isPresent()) {
                    append(words, said.get(), text, match.end());
                    return match.end();
                }
            }
        }
        return -1;
    }

    private static void append(StringBuilder words, String said, String text, int next) {
        if (!words.isEmpty() && Character.isLetterOrDigit(words.charAt(words.length() - 1))) {
            words.append(' ');
        }
        words.append(said);
        if (next < text.length() && Character.isLetterOrDigit(text.charAt(next))) {
            words.append(' ');
        }
    }

    /** Copies a word, or one sign. */
    private static int copy(String text, int at, StringBuilder words) {
        int end = at;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            char sign = text.charAt(at);
            words.append(sign(text, at, sign));
            return at + 1;
        }
        var word = text.substring(at, end);
        words.append(word.chars().anyMatch(Character::isDigit) ? WordRules.mixed(word) : word);
        return end;
    }

    /** Signs that only separate become a pause, a space or nothing. */
    private static String sign(String text, int at, char sign) {
        boolean spaced = at == 0 || Character.isWhitespace(text.charAt(at - 1));
        return switch (sign) {
            case '\n' -> words(text, at) ? ", " : " ";
            case '\u2014', '\u2026' -> ", ";
            case '\u2013' -> spaced ? ", " : "-";
            case '-' -> hyphen(text, at, spaced);
            case '_', '/', '\\', '|', '*', '`', '{', '}', '[', ']', '#', '<', '>' -> " ";
            case '\u2018', '\u2019' -> "'";
            case '"', '\u201c', '\u201d', '\u00ab', '\u00bb' -> "";
            default -> String.valueOf(sign);
        };
    }

    private static String hyphen(String text, int at, boolean spaced) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return spaced ? next == ' ' ? "," : "" : Character.isDigit(next) ? " " : "-";
    }

    /** Returns whether a line ends without a sign of its own. */
    private static boolean words(String text, int end) {
        return end > 0 && Character.isLetterOrDigit(text.charAt(end - 1));
    }

    /** Returns whether a written form may begin here: at a sign, or at the first letter or digit of a word. */
    private static boolean begins(String text, int at) {
        boolean wordBefore = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        return !wordBefore || (!joins(text, at) && !Character.isLetterOrDigit(text.charAt(at)));
    }

    /** Returns whether a hyphen joins two words, as in "COVID-19", and is not a minus. */
    private static boolean joins(String text, int at) {
        return text.charAt(at) == '-' && at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
    }

    private static String limited(String written) {
        if (written.length() <= MAX_LENGTH) {
            return written;
        }
        int space = written.lastIndexOf(' ', MAX_LENGTH);
        return written.substring(0, space > 0 ? space : MAX_LENGTH);
    }

    /** Returns a text in small letters if it consists of words in capitals, which are emphasis and not acronyms. */
    private static String unshouted(String text) {
        boolean small = text.chars().anyMatch(Character::isLowerCase);
        return !small && text.split(" ", 4).length > 3 ? text.toLowerCase(Locale.ROOT) : text;
    }
}
