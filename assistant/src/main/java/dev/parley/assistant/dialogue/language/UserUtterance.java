package dev.parley.assistant.dialogue.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An utterance of the user in three forms.
 *
 * @param raw  one line, as written, at most {@value #MAX_RAW} characters
 * @param text lower case, no punctuation, contractions and symbols written out, numbers as digits, fillers dropped
 * @param core {@code text} without the polite words around a request
 */
public record UserUtterance(String raw, String text, String core) {
    /** Maximum length of an utterance, in characters. The rest is ignored. */
    public static final int MAX_RAW = 1000;
    /** Maximum length of a text that is matched: longer texts are no requests, and matching stays fast. */
    public static final int MAX_TEXT = 300;

    private static final Pattern LEAD = Pattern
            .compile("(?:hey|hi|hello|ok|okay|so|well|and|now|then|alright|all right|right|yes|yeah|yep|"
                    + "no|also|parley|assistant|computer|good morning|good afternoon|good evening|excuse me|sorry|listen|great|thanks|thank you|"
                    + "please|could you|can you|would you|will you|do you|are you able to|could i|can i|may i|ask|ask you|tell me|give me|i want you to|"
                    + "i would like you to|i need you to|i want to know|i would like to know|i need to know|i wonder|know|happen to know|"
                    + "do me a favor and|do me a favour and|go ahead and|let us|quickly|be so kind as to|be able to|have any idea|any idea|"
                    + "i was wondering|if you could|if you can|mind telling me|i have a question|quick question|a question|there|wait|wait a minute|wait a second|hold on|hang on|one moment|never mind|"
                    + "stop(?= (?:what|how|who|when|where|which|is|are|tell|set|start|give|remind|remember|add|convert)\\b)) ");
    private static final Pattern TAIL = Pattern.compile(
            " (?:please|for me|now|right now|thanks|thank you|then|would you|will you|can you|could you|okay|ok|at the moment|currently|"
                    + "exactly|parley|assistant|computer|if you can|if you would|thank you very much|sir|buddy|my friend)$");
    private static final Pattern FILLERS = Pattern
            .compile("\\b(?:um+|uh+|uhm+|erm*|hmm+|mm+|ah+|eh|please|kindly|actually|basically)\\b");

    /** Normalizes an utterance; {@code name} is the assistant's name, which may be spoken at either end. */
    public static UserUtterance of(String heard, String name) {
        var raw = oneLine(heard);
        if (raw.length() > MAX_TEXT) {
            return new UserUtterance(raw, "", "");
        }
        var text = quarters(String.join(" ", NumberWords.fold(tokens(raw)))
                .replaceAll("(?<!\\S),(?!\\S)", " ")
                .replaceAll(" +", " ")
                .strip());
        var numbered = Homophones.beforeUnits(text);
        return new UserUtterance(raw, numbered, core(numbered, name.toLowerCase(Locale.ROOT)));
    }

    public int words() {
        return text.isEmpty() ? 0 : (int) text.chars().filter(c -> c == ' ').count() + 1;
    }

    private static String oneLine(String heard) {
        var line = heard.substring(0, Math.min(heard.length(), MAX_RAW))
                .replaceAll("[\\p{Cntrl}\\p{Z}\\p{Cs}\\p{Co}\\p{Cn}]+", " ");
        return line.strip();
    }

    private static List<String> tokens(String raw) {
        var text = raw.toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replace('\u2018', '\'')
                .replaceAll("\\bto-(day|morrow|night)\\b", "to$1")
                .replaceAll("\\b([ap])\\. ?m\\b\\.?", "$1m")
                .replaceAll("(?<=\\d),(?=\\d{3})", "")
                .replaceAll("(?<=\\d)[.:](?!\\d)", " ");
        text = symbols(contractions(text)).replaceAll("(?<!\\d)[.:]|[.:](?!\\d)", " ")
                .replace(",", " , ")
                .replaceAll("[^\\p{L}\\p{N}.:,()/+\\u00b2\\u00b3]", " ");
        text = FILLERS.matcher(text)
                .replaceAll(" ")
                .replaceAll(
                        "(?<=\\d)(?=(?:seconds?|minutes?|min|mins|hours?|km|kg|cm|mm|ml|mb|gb|lbs?|mph)\\b)",
                        " ");
        return Arrays.stream(text.strip().split(" +", -1))
                .filter(token -> !token.isEmpty())
                .collect(Collectors.toList());
    }

    private static String contractions(String text) {
        return text.replaceAll("\\b(today|tomorrow|yesterday|o)'(s|clock)\\b", "$1$2")
                .replaceAll("\\b(today|tomorrow|yesterday)s\\b", "$1")
                .replaceAll("\\bwhats\\b", "what is")
                .replaceAll("\\bcan't\\b|\\bcannot\\b", "can not")
                .replaceAll("\\bwon't\\b", "will not")
                .replaceAll("n't\\b", " not")
                .replaceAll("\\blet's\\b", "let us")
                .replaceAll("\\b(what|where|who|when|how|it|that|there|here|he|she|name|time|which)'s\\b",
                        "$1 is")
                .replaceAll("'re\\b", " are")
                .replaceAll("'m\\b", " am")
                .replaceAll("'ll\\b", " will")
                .replaceAll("'ve\\b", " have")
                .replaceAll("'d\\b", " would")
                .replaceAll("\\bgonna\\b", "going to")
                .replaceAll("\\bwanna\\b", "want to")
                .replaceAll("\\bgimme\\b", "give me")
                .replaceAll("\\blemme\\b", "let me")
                .replaceAll("'s\\b", "s")
                .replace("'", "");
    }

    private static String symbols(String text) {
        return text.replaceAll("\u00b0 ?([cf])\\b", " degrees $1 ")
                .replace("\u00b0", " degrees ")
                .replace("%", " percent ")
                .replaceAll("[*\u00d7]| x (?=\\d)|(?<=\\d)x(?=\\d)", " times ")
                .replace("\u00f7", " divided by ")
                .replaceAll("(?<=[\\d)]) ?/ ?(?=[\\d(])", " divided by ")
                .replaceAll("(?<=[\\d)]) ?\\+ ?(?=[\\d(])", " plus ")
                .replace("\u2212", "-")
                .replaceAll("(?<=[\\d)]) ?- ?(?=[\\d(])", " minus ")
                .replaceAll("(?<!\\w)-(?=\\d)", " negative ")
                .replace("^", " to the power of ")
                .replace("=", " equals ")
                .replaceAll("\\+(?!\\d)", " ")
                .replace("&", " and ")
                .replaceAll("([()])", " $1 ");
    }

    /** Replaces spoken halves and quarters by decimals. */
    private static String quarters(String text) {
        return text.replaceAll("\\b(\\d+) and (?:a|1) half\\b", "$1.5")
                .replaceAll("\\b(\\d+) and (?:a|1) quarter\\b", "$1.25")
                .replaceAll(
                        "\\b(?:1|an?) (hour|minute|second|mile|pound|kilo|cup|foot|inch|day) and (?:a|1) half\\b",
                        "1.5 $1")
                .replaceAll("\\b(?:a )?half an?\\b", "0.5")
                .replaceAll("\\b(?:a|1) quarter of an? (?=hour|mile|pound|cup|inch)", "0.25 ")
                .replaceAll("\\b3 quarters of an? (?=hour|mile|pound|cup|inch)", "0.75 ")
                .replaceAll("\\ba couple of\\b", "2")
                .replaceAll("\\b(?:a|1) dozen\\b", "12");
    }

    private static String core(String text, String name) {
        var core = text;
        while (true) {
            var before = core;
            if (!name.isEmpty() && (core.startsWith(name + " ") || core.endsWith(" " + name))) {
                core = core.startsWith(name + " ") ? core.substring(name.length() + 1)
                        : core.substring(0, core.length() - name.length() - 1);
            }
            var lead = LEAD.matcher(core);
            core = lead.lookingAt() ? core.substring(lead.end()) : core;
            core = TAIL.matcher(core).replaceFirst("");
            if (core.equals(before)) {
                return core;
            }
        }
    }
}
