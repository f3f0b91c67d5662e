package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Handles the weather: "what is the weather in Paris?", "will it rain in Cork tomorrow?", and then "and in London?". */
final class WeatherSkill implements Skill {
    private static final String WHEN = "(?: (?:for |on )?(?<w>today|tomorrow|the day after tomorrow|tonight|in (?<d>[1-6]) days?))?";
    private static final String PLACE = "(?: (?:out |over |outside )?(?:in|at|for|near) (?<place>[\\p{L}][\\p{L} ]{0,40}?))?";
    private static final String SKY = "(?:the )?(?:weather|forecast|weather forecast|weather report|temperature|temperature outside)";
    private static final List<Pattern> QUESTIONS = patterns(
            "(?:what is |what will |what |how is |how will |how |check |get |look up |show me |have you got )?"
                    + SKY + "(?: is| be| going to be| look| looking| doing| there| it)*(?: like)?",
            "(?:is it |will it be |is it going to be |will it |is it going to |does it |will there be |is there |do i need |will i need |should i take |how )"
                    + "(?:any |an |a |my )?(?:hot|cold|warm|sunny|raining|rain|rainy|snow|snowing|snowy|windy|cloudy|wet|dry|foggy|stormy|nice|umbrella|coat)"
                    + "(?: is it| will it be| outside| out)*");
    private static final Pattern FOLLOW_UP = Pattern
            .compile("(?:(?:and |what about |how about )+)(?:in |for |at )?"
                    + "(?:(?<w>today|tomorrow|the day after tomorrow|in (?<d>[1-6]) days?)|(?<place>[\\p{L}]+(?: [\\p{L}]+){0,2}))");
    private static final Pattern BARE = Pattern
            .compile("(?:(?:in|for|at|it is|i am in|say|near) )*(?<place>[\\p{L}]+(?: [\\p{L}]+){0,2})");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var question = MatchedGroups.matchAny(QUESTIONS, heard.core());
        if (question.isPresent()) {
            return Optional.of(ask(question.get(), state));
        }
        if (state.awaited == DialogueState.Expecting.PLACE) {
            return MatchedGroups.match(BARE, heard.core())
                    .filter(groups -> !groups.get("place")
                            .matches("nothing|never mind|no|stop|cancel|forget it"))
                    .map(groups -> call(groups.get("place"), state.weatherDay, state));
        }
        return state.topic == DialogueState.Topic.WEATHER
                ? MatchedGroups.match(FOLLOW_UP, heard.text()).map(groups -> ask(groups, state))
                : Optional.empty();
    }

    private static Move ask(MatchedGroups groups, DialogueState state) {
        var place = groups.first("place", "p2");
        int day = day(groups.first("w", "w2"), groups.first("d", "d2"));
        if (place.isEmpty() && state.topic == DialogueState.Topic.WEATHER) {
            place = state.weatherPlace;
        }
        if (place.isEmpty() || place.matches("here|my place|my town|my city|outside")) {
            state.expecting = DialogueState.Expecting.PLACE;
            state.weatherDay = day;
            return new Move.Need("get_weather", "check the weather", "For which place?");
        }
        return call(place, day, state);
    }

    private static Move call(String place, int day, DialogueState state) {
        state.topic = DialogueState.Topic.WEATHER;
        state.weatherPlace = place;
        var arguments = Move.arguments().put("place", WrittenForms.title(place));
        if (day > 0) {
            arguments.put("days", day);
        }
        return new Move.Ask("get_weather", arguments, "check the weather", result -> answer(day, result));
    }

    private static int day(String when, String days) {
        return switch (when) {
            case "", "today", "tonight" -> 0;
            case "tomorrow" -> 1;
            case "the day after tomorrow" -> 2;
            default -> Integer.parseInt(days);
        };
    }

    private static String answer(int day, JsonNode result) {
        var in = "In " + result.path("place").asString("that place") + ", ";
        var when = switch (day) {
            case 0 -> "today";
            case 1 -> "tomorrow";
            default -> "in " + day + " days";
        };
        var now = result.has("now_celsius")
                ? "it is " + degrees(result, "now_celsius") + " and "
                        + result.path("now_sky").asString("unknown") + ". "
                : "";
        var said = now + when + " it will be " + result.path("sky").asString("unknown") + ", from "
                + celsius(result, "low_celsius") + " to " + degrees(result, "high_celsius") + ", with a "
                + result.path("rain_percent").asInt(0) + "% chance of rain.";
        return in + (now.isEmpty() ? said : said.replace(". today", ". Today"));
    }

    private static String degrees(JsonNode result, String name) {
        return celsius(result, name) + " \u00b0C";
    }

    private static String celsius(JsonNode result, String name) {
        return WrittenForms.number(BigDecimal.valueOf(result.path(name).asInt(0)));
    }

    /** Compiles the questions with place and day in either order. */
    private static List<Pattern> patterns(String... questions) {
        var second = WHEN.replace("<w>", "<w2>").replace("<d>", "<d2>");
        return List.of(questions)
                .stream()
                .map(question -> Pattern.compile(question + WHEN + PLACE + second))
                .toList();
    }
}
