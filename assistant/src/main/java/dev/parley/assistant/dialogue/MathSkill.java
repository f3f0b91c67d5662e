package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.Homophones;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.util.Optional;
import java.util.regex.Pattern;

/** Handles arithmetic in words. The whole utterance must read as a calculation, which "the times have changed" does not. */
final class MathSkill implements Skill {
    private static final String N = "(-?\\d+(?:\\.\\d+)?)";
    private static final Pattern LEAD = Pattern.compile(
            "(?:what is|what are|what does|what do|what would|how much is|how much are|how much does|how much|"
                    + "how many is|calculate|compute|work out|figure out|solve|evaluate|find|do you get if you|do you get when you|you get if you|"
                    + "you get when you|do i get if i|be|the answer to|the answer of|the result of|the value of|whats|what|take|is|"
                    + "do the math|do the maths|do the math on|say|show me|know) ");
    private static final Pattern TAIL = Pattern.compile(
            " (?:equals|equal to|equal|equals to|is|are|make|makes|be|come to|what|how much|give|gives)$");
    private static final String[][] FORMS = {{"add " + N + " (?:and|to|plus|with) " + N, "$1 + $2"},
            {"(?:the )?(?:sum|total) of " + N + " and " + N, "$1 + $2"},
            {"(?:subtract|deduct) " + N + " from " + N, "$2 - $1"},
            {N + " (?:subtracted |taken |taken away )?from " + N, "$2 - $1"},
            {"(?:the )?difference (?:between|of) " + N + " and " + N, "$1 - $2"},
            {"multiply " + N + " (?:by|and|with|times) " + N, "$1 * $2"},
            {"(?:the )?product of " + N + " and " + N, "$1 * $2"}, {"divide " + N + " by " + N, "$1 / $2"},
            {"(?:the )?quotient of " + N + " and " + N, "$1 / $2"},
            {"(?:the )?remainder (?:of|when) " + N + " (?:is )?divided by " + N, "$1 % $2"},
            {"(?:double|twice) " + N, "2 * $1"}, {"(?:triple|3 times) " + N, "3 * $1"},
            {"(?:a |1 )?half (?:of )?" + N, "$1 / 2"}, {"(?:a|1) third of " + N, "$1 / 3"},
            {"(?:a|1) quarter of " + N, "$1 / 4"}, {"3 quarters of " + N, "$1 * 3 / 4"},
            {"2 thirds of " + N, "$1 * 2 / 3"},
            {"(?:what )?percent(?:age)? of " + N + " is " + N, "$2 / $1 * 100"},
            {N + " is what percent(?:age)? of " + N, "$1 / $2 * 100"},
            {"(?:the )?cube root of " + N, "$1 ^ (1/3)"},
            {N + " percent (?:off|discount on) " + N, "$2 - $1%"},
            {"a? ?" + N + " percent tip on " + N + "(?: dollars| euros| pounds)?", "$1% of $2"}};
    private static final String[][] WORDS = {
            {"to the power of|raised to the power of|raised to the power|raised to|to the power", "^"},
            {"to the (\\d+)(?:st|nd|rd|th)(?: power)?", "^ $1"}, {"multiplied by|multiplied with|times", "*"},
            {"divided by|over", "/"}, {"plus|added to", "+"}, {"minus|less|take away|takeaway|subtract", "-"},
            {"mod|modulo|modulus", "%"}, {"squared", "^ 2"}, {"cubed", "^ 3"},
            {"(?:the )?(?:square )?root of|square root", "sqrt"}, {"percent of|per cent of", "% of"},
            {"percent|per cent", "%"}, {"open (?:parenthes[ie]s|brackets?)|left parenthesis", "("},
            {"close(?:d)? (?:parenthes[ie]s|brackets?)|right parenthesis", ")"}};
    private static final Pattern LIST = Pattern.compile(
            "(?:add up|add|add together|(?:the )?(?:sum|total) of) (" + N + "(?: " + N + ")+ and " + N + ")");
    private static final Pattern SUM = Pattern.compile("(?:[0-9.+\\-*/%^() ]|sqrt|of)*");
    private static final Pattern WORTH_IT = Pattern.compile(".*\\d.*");
    private static final Pattern OPERATOR = Pattern.compile(".*(?:[+*/^%]|sqrt|of| - |- ).*");
    private static final Pattern CONTINUED = Pattern.compile("[+*/^].*|- .*");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var phrase = heard.core();
        while (true) {
            var shorter = LEAD.matcher(phrase);
            var next = shorter.lookingAt() ? phrase.substring(shorter.end())
                    : TAIL.matcher(phrase).replaceFirst("");
            if (next.equals(phrase)) {
                break;
            }
            phrase = next;
        }
        phrase = Homophones.inSum(phrase);
        if (!WORTH_IT.matcher(phrase).matches()) {
            return Optional.empty();
        }
        var expression = expression(phrase, state);
        if (!SUM.matcher(expression).matches() || !OPERATOR.matcher(expression).matches()) {
            return Optional.empty();
        }
        var echo = phrase.matches("-?\\d.{0,60}") && !phrase.matches(".*[()].*|.*\\b(?:from|off|is)\\b.*")
                ? written(phrase)
                : "";
        return Optional.of(new Move.Ask("calculate", Move.arguments().put("expression", expression),
                "do sums", result -> {
                    state.result = result.path("result").asString("");
                    var words = WrittenForms.rounded(state.result,
                            result.path("approximate").asBoolean(false));
                    return WrittenForms.sentence(
                            echo.isEmpty() ? "the answer is " + words + "." : echo + " is " + words + ".");
                }));
    }

    /** Writes a calculation with signs: "17 × 23". */
    private static String written(String phrase) {
        return WrittenForms.grouped(phrase)
                .replace(" times ", " \u00d7 ")
                .replace(" multiplied by ", " \u00d7 ")
                .replace(" plus ", " + ")
                .replace(" minus ", " \u2212 ")
                .replace(" divided by ", " \u00f7 ")
                .replaceAll(" percent\\b", "%");
    }

    private static String expression(String phrase, DialogueState state) {
        var text = phrase;
        if (!state.result.isEmpty()) {
            text = text.replaceAll("\\b(?:that|it|the result|the answer|this)\\b", state.result);
        }
        var list = LIST.matcher(text);
        if (list.matches()) {
            return list.group(1).replaceAll(" (?:and )?(?:plus )?", " + ");
        }
        for (var form : FORMS) {
            var replaced = text.replaceFirst("^" + form[0] + "$", form[1]);
            if (!replaced.equals(text)) {
                return replaced;
            }
        }
        text = text.replaceAll("\\bnegative (?=\\d)", "-")
                .replaceAll("\\bdivide by\\b", "divided by")
                .replaceAll("\\bmultiply by\\b", "times")
                .replaceFirst("^add (?=\\d)", "plus ");
        for (var word : WORDS) {
            text = text.replaceAll("\\b(?:" + word[0] + ")(?![\\p{L}\\d])", word[1]);
        }
        if (!state.result.isEmpty() && text.matches("-\\d+(?:\\.\\d+)?")) {
            text = "- " + text.substring(1);
        }
        if (!state.result.isEmpty() && CONTINUED.matcher(text).matches()) {
            text = state.result + " " + text;
        }
        return text.strip();
    }
}
