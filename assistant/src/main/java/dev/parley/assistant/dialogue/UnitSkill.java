package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import dev.parley.assistant.standard.Units;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Handles unit conversions: "how many kilometers are five miles?", "convert 70 Fahrenheit to Celsius". */
final class UnitSkill implements Skill {
    private static final String N = "(?<n>-?\\d+(?:\\.\\d+)?|an?)";
    private static final String OUT = "(?<to>[\\p{L}\\d/\\u00b2\\u00b3]+(?: [\\p{L}\\d/]+){0,3}?)";
    private static final String IN = "(?<from>[\\p{L}/\\u00b2\\u00b3]+(?: [\\p{L}\\d/]+){0,3}?)";
    private static final String QUESTION = "(?:what is|what are|what|whats|how (?:much|many|far|long|heavy|hot|cold|warm|fast|big|tall|high|wide)"
            + "(?: is| are)?|what is the equivalent of|is|say|convert|change|turn|translate|express|calculate|work out|show me|find) ";
    private static final List<Pattern> FORMS = List.of(Pattern.compile("how (?:many|much) " + OUT
            + "(?: are| is| were| was| or| our| do| does| would)?(?: there| you get| that| it)?(?: in| make up| make| makes|"
            + " go into| equals?| equal to| from| per| to)? " + N + " " + IN
            + "(?: have| has| make| makes| equal| be| contain)?"),
            Pattern.compile("(?:" + QUESTION + ")?(?:" + N + " )" + IN
                    + " (?:is |are |equals? )?(?:converted |expressed |measured |equal )?(?:in|into|to|as|in terms of) "
                    + OUT),
            Pattern.compile("(?:" + QUESTION + ")?" + N + " " + IN
                    + " (?:is|are|equals?|makes?) how (?:many|much) " + OUT),
            Pattern.compile("(?:convert|change) " + IN + " (?:to|into) " + OUT),
            Pattern.compile("(?:convert|change) (?:to|into) " + OUT + " " + N + " " + IN),
            Pattern.compile("what is " + N + " " + IN + " " + OUT));
    private static final Pattern FOLLOW_UP = Pattern.compile(
            "(?:and |(?:and )?(?:what|how) about |in |and what is that |what is that )(?:in |into |to )?"
                    + OUT);
    private static final Pattern FEET_INCHES = Pattern
            .compile("(\\d{1,3}) (?:feet|foot|ft) (?:and )?(\\d{1,2})(?: inches| inch| in(?! ))?(?= |$)");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var core = FEET_INCHES.matcher(heard.core())
                .replaceAll(match -> Integer.parseInt(match.group(1)) * 12 + Integer.parseInt(match.group(2))
                        + " inches");
        for (var form : FORMS) {
            var groups = MatchedGroups.match(form, core);
            if (groups.isPresent()) {
                var move = ask(groups.get(), state,
                        core.startsWith("convert") || core.startsWith("how many"));
                if (move.isPresent()) {
                    return move;
                }
            }
        }
        if (state.topic == DialogueState.Topic.UNITS) {
            return MatchedGroups.match(FOLLOW_UP, heard.text())
                    .map(groups -> groups.get("to"))
                    .filter(to -> Units.find(to).isPresent())
                    .map(to -> ask(state.amount, state.unit, to, state));
        }
        return Optional.empty();
    }

    private static Optional<Move> ask(MatchedGroups groups, DialogueState state, boolean sure) {
        var from = groups.get("from").replaceFirst("^of ", "");
        var to = groups.get("to").replaceFirst("^to ", "");
        if (from.matches("degrees?")) {
            from = to.matches(".*(?:fahrenheit|\\bf)") ? "celsius" : "fahrenheit";
        }
        int known = (Units.find(from).isPresent() ? 1 : 0) + (Units.find(to).isPresent() ? 1 : 0);
        if (known == 0 || (known == 1 && !sure)
                || to.matches("(?:1 |a )?(?:second|minute|hour|day|week|month|year)s? ?.*time.*")) {
            return Optional.empty();
        }
        var n = groups.get("n");
        return Optional.of(
                ask(n.isEmpty() || !Character.isDigit(n.charAt(n.length() - 1)) ? "1" : n, from, to, state));
    }

    static Move ask(String amount, String from, String to, DialogueState state) {
        state.topic = DialogueState.Topic.UNITS;
        state.amount = amount;
        state.unit = from;
        state.target = to;
        return new Move.Ask("convert_units",
                Move.arguments().put("value", new BigDecimal(amount)).put("from", from).put("to", to),
                "convert units", result -> answer(result, state));
    }

    private static String answer(JsonNode result, DialogueState state) {
        state.result = result.path("result").asString("");
        var value = result.path("value").asString("");
        var from = named(value, result.path("from").asString(""));
        var said = WrittenForms.rounded(state.result, result.path("approximate").asBoolean(false));
        return WrittenForms.sentence(WrittenForms.number(new BigDecimal(value)) + " " + from + " is " + said
                + " " + named(said, result.path("to").asString("")) + ".");
    }

    private static String named(String count, String unit) {
        return count.equals("1") ? Units.find(unit).map(Units.Unit::singular).orElse(unit) : unit;
    }
}
