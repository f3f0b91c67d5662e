package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Handles time and date: "what time is it in Tokyo?", "what is the date tomorrow?", and then "and in London?". */
final class TimeSkill implements Skill {
    private enum Wanted {
        TIME,
        DATE,
        DAY,
        MONTH,
        YEAR
    }

    private static final String PLACE = "(?: (?:right )?(?:now )?(?:over )?(?:there )?(?:currently )?(?:in|at|for) (?<place>[\\p{L}][\\p{L}\\d /.+]{0,59}))?";
    private static final String WHEN = "(?: (?:right )?now)?(?: (?<when>the day after tomorrow|the day before yesterday|today|tomorrow|yesterday"
            + "|in (?<days>\\d{1,5}) days?(?: time)?|(?<ago>\\d{1,5}) days ago))?";
    private static final Pattern TIME = Pattern
            .compile("(?:what is |what |check |say |show me |have |got |have you got |look up |whats )?"
                    + "(?:the )?(?:current |exact |local |correct |right |actual )?times?"
                    + "(?: is it| it is| is this| is now| of day is it| of day| now is| you have| do you have| do we have| have you got| do you make it| is)?"
                    + "(?: right now| now| here| today| it)?" + PLACE + "(?: right now| now| today)?");
    private static final Pattern TIME_BARE_PLACE = Pattern.compile(
            "what time is it (?<place>(?!going|when|over|time|there|that|to )[\\p{L}]+(?: [\\p{L}]+)?)");
    private static final Pattern IN_PLACE = Pattern.compile(
            "(?:over )?in (?<place>[\\p{L} ]{2,40}?) (?:what time is it|what is the time)(?: right now| now)?");
    private static final Pattern PART_OF_DAY = Pattern.compile(
            "(?:is it|it is) (?:already |still )?(?:day|night|morning|afternoon|evening|late|early|day ?time|night ?time)"
                    + "(?: already| yet| now)? in (?<place>[\\p{L} ]{2,40})");
    private static final Pattern HOW_LATE = Pattern.compile(
            "what (?:would|will) the time be" + PLACE.replace("place", "third") + "|how late is it(?: now)?"
                    + PLACE + "|what hour is it" + PLACE.replace("place", "second"));
    private static final Pattern DATE = Pattern.compile(
            "(?:what is |what |say |which |whats )?(?:the )?(?:(?:todays|today|current|exact|full) )?date"
                    + "(?: is it| it is| is| do we have| have we got| will it be| was it)?" + WHEN + PLACE
                    + WHEN.replace("when", "w2").replace("days>", "d2>").replace("ago>", "a2>"));
    private static final Pattern DATE_OF = Pattern.compile(
            "what (?:will|is|was) (?:the|todays) (?:date|day) (?:be )?(?:in (?<days>\\d{1,5}) days?|(?<ago>\\d{1,5}) days ago)"
                    + "|(?:what is )(?<when>today|tomorrow|yesterday|the day after tomorrow|the day before yesterday)(?: date| is date)?");
    private static final Pattern DAY = Pattern
            .compile("(?:what is |what |which |say )?(?:the )?(?:week)?day(?: of the week| of week)?"
                    + "(?: is it| it is| is| will it be| was it| will be| was| do we have)?" + WHEN + PLACE);
    private static final Pattern MONTH_YEAR = Pattern
            .compile("(?:what is |what |which |say )?(?:the )?(?:current )?(?<unit>month|year)"
                    + "(?: is it| it is| is this| are we in| is)?(?: right now| now)?" + PLACE);
    private static final Pattern FOLLOW_UP = Pattern.compile(
            "(?:(?:and )?(?:what|how) about |and )(?:in |at |for )?(?<place>[\\p{L}]+(?: [\\p{L}]+){0,2})|in (?<second>[\\p{L}]+(?: [\\p{L}]+){0,2})");
    private static final Pattern WEEKS = Pattern.compile(
            "\\b(?:in )?(?<n>\\d{1,3}|an?|1) weeks?(?<ago> ago)?(?: time| from (?:now|today))?(?= |$)");
    private static final Pattern NO_PLACE = Pattern
            .compile("(?:my|your|our|his|her|their|a|an|all|which|what|that|this|it|general|time|case|"
                    + "the (?:morning|evening|afternoon|night|past|future|world|end|meeting|train|show|party|beginning)|you|me|us|lunch|dinner|breakfast|"
                    + "bed|work|school|and|or|but|if|once|love|particular|fact|jail|prison)(?: .*)?|.*\\b(?:is|was|were|are|do|does|did|goes|with|had|have)\\b.*");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var core = inDays(heard.core());
        for (var pattern : new Pattern[]{TIME, TIME_BARE_PLACE, IN_PLACE, PART_OF_DAY, HOW_LATE}) {
            var found = MatchedGroups.match(pattern, core).filter(groups -> !core.matches("times|the times"));
            if (found.isPresent()) {
                return ask(Wanted.TIME, found.get(), state);
            }
        }
        for (var pattern : new Pattern[]{DATE, DATE_OF}) {
            var found = MatchedGroups.match(pattern, core);
            if (found.isPresent()) {
                return ask(Wanted.DATE, found.get(), state);
            }
        }
        var day = MatchedGroups.match(DAY, core);
        if (day.isPresent() && core.contains(" ")) {
            return ask(Wanted.DAY, day.get(), state);
        }
        var unit = MatchedGroups.match(MONTH_YEAR, core).filter(groups -> core.contains(" "));
        if (unit.isPresent()) {
            return ask(unit.get().get("unit").equals("year") ? Wanted.YEAR : Wanted.MONTH, unit.get(), state);
        }
        if (state.topic == DialogueState.Topic.TIME || state.topic == DialogueState.Topic.DATE) {
            return MatchedGroups.match(FOLLOW_UP, heard.text())
                    .or(() -> MatchedGroups.match(FOLLOW_UP, core))
                    .flatMap(
                            groups -> ask(state.topic == DialogueState.Topic.TIME ? Wanted.TIME : Wanted.DATE,
                                    groups, state));
        }
        return Optional.empty();
    }

    /** Writes weeks as days: "in 3 weeks" becomes "in 21 days". */
    private static String inDays(String core) {
        return WEEKS.matcher(core).replaceAll(match -> {
            int days = 7 * (Character.isDigit(match.group("n").charAt(0)) ? Integer.parseInt(match.group("n"))
                    : 1);
            return match.group("ago") != null ? days + " days ago" : "in " + days + " days";
        });
    }

    private static Optional<Move> ask(Wanted wanted, MatchedGroups groups, DialogueState state) {
        var place = groups.first("place", "second", "third")
                .replaceFirst("^the city of ", "")
                .replaceFirst(" (?:right now|now|today|these days|time zone)$", "");
        if (NO_PLACE.matcher(place).matches() && !place.isEmpty()) {
            return Optional.empty();
        }
        var arguments = Move.arguments();
        if (!place.isEmpty()) {
            arguments.put("place", WrittenForms.sentence(place));
        }
        int days = days(groups);
        if (days != 0) {
            arguments.put("days", days);
        }
        state.topic = wanted == Wanted.TIME ? DialogueState.Topic.TIME : DialogueState.Topic.DATE;
        return Optional.of(
                new Move.Ask("get_time", arguments, "tell the time", result -> answer(wanted, days, result)));
    }

    private static int days(MatchedGroups groups) {
        var when = groups.first("when", "w2");
        var ahead = groups.first("days", "d2");
        var ago = groups.first("ago", "a2");
        if (!ahead.isEmpty() || !ago.isEmpty()) {
            return ahead.isEmpty() ? -Integer.parseInt(ago) : Integer.parseInt(ahead);
        }
        return switch (when) {
            case "tomorrow" -> 1;
            case "the day after tomorrow" -> 2;
            case "yesterday" -> -1;
            case "the day before yesterday" -> -2;
            default -> 0;
        };
    }

    private static String answer(Wanted wanted, int days, JsonNode result) {
        var place = result.path("place").asString("");
        var in = place.isEmpty() ? "" : "In " + place + ", ";
        var date = LocalDate.parse(result.path("date").asString(""));
        var weekday = result.path("weekday").asString("");
        var said = switch (wanted) {
            case TIME -> "it is " + WrittenForms.time(LocalTime.parse(result.path("time").asString("")))
                    + (result.has("days_from_here") ? ", on " + weekday : "");
            case DATE, DAY -> day(days) + weekday
                    + (wanted == Wanted.DATE || days != 0 ? ", " + WrittenForms.date(date) : "");
            case MONTH -> "it is " + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case YEAR -> "it is " + date.getYear();
        };
        return WrittenForms.sentence(in + said + ".");
    }

    private static String day(int days) {
        return switch (days) {
            case 0 -> "today is ";
            case 1 -> "tomorrow is ";
            case -1 -> "yesterday was ";
            default -> days > 0 ? "that will be " : "that was ";
        };
    }
}
