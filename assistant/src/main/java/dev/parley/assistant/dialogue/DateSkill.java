package dev.parley.assistant.dialogue;

import dev.parley.assistant.appointment.DateTimeParser;
import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import dev.parley.assistant.standard.Holidays;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Handles questions about holidays and future days: "when is Easter?", "how many days until Christmas?". */
final class DateSkill implements Skill {
    private static final String YEAR = "(?: (?:in |of )?(?<year>\\d{4})| (?:in )?(?<next>next year)| this year)?";
    private static final String DAY = "(?:the )?(?:next )?(?<day>[\\p{L}\\d ]{3,40}?)";
    private static final List<Pattern> WHEN = List.of(Pattern.compile(
            "(?:when|on (?:what|which) (?:day|date)) (?:is|was|will|does|do we celebrate|do we have|is it) (?:it )?"
                    + DAY + "(?: be| fall| celebrated| happen)?(?: on)?" + YEAR),
            Pattern.compile(
                    "(?:what|which) (?:day|date|weekday)(?: of the (?:week|month|year))? (?:is|was|does|will|do we celebrate) "
                            + DAY + "(?: be| fall)?(?: on)?" + YEAR),
            Pattern.compile("(?:what is )?the (?:date|day) of " + DAY + YEAR));
    private static final Pattern UNTIL = Pattern.compile(
            "(?:how (?:many|much) (?:more )?(?:days?|(?<weeks>weeks?)|sleeps)|how (?:long|far)|days)(?: is it| are there| are| is there| do we have| left| remain| remaining| to go| away| now| from now| from today)*(?: until| till| til| to| before) "
                    + DAY + YEAR
                    + "|how many (?:more )?(?:days|sleeps) (?:away )?is (?<second>[\\p{L}\\d ]{3,40}?)(?: away)?");

    private static final Pattern WEEKDAY = Pattern.compile(
            "(?:what|which) (?:day|weekday)(?: of the week)? (?:is|will) (?:the )?(?<day>.{0,20}\\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\\b.{0,20}?)(?: be| on)?");
    private static final Pattern NEXT_HOLIDAY = Pattern.compile(
            "(?:(?:what|when|which) (?:is|holiday is|holiday comes) )?(?:the )?(?:next|coming|upcoming) (?:public |bank )?holiday(?: coming up)?|(?:is there|are there|do we have) (?:a|any) (?:public |bank )?holidays? (?:this|next) (?:week|month)|(?:what|which) holiday is (?:next|coming up)");
    private static final Pattern REST_OF_YEAR = Pattern.compile(
            "how many (?:more )?days (?:are |do we have )?(?:still )?(?:left|remain|remaining)(?: in| of)? (?:this|the) year|how many days (?:until|till) the end of (?:the|this) year");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var when = MatchedGroups.matchAny(WHEN, heard.core())
                .filter(groups -> Holidays.knows(groups.get("day")));
        if (when.isPresent()) {
            return Optional.of(ask(when.get(), false));
        }
        var weekday = MatchedGroups.match(WEEKDAY, heard.core()).filter(groups -> isDay(groups.get("day")));
        if (weekday.isPresent()) {
            return Optional.of(ask(weekday.get(), false));
        }
        if (NEXT_HOLIDAY.matcher(heard.core()).matches()) {
            return Optional.of(new Move.Ask("find_date", Move.arguments().put("day", "next holiday"),
                    "find dates", DateSkill::when));
        }
        if (REST_OF_YEAR.matcher(heard.core()).matches()) {
            return Optional.of(new Move.Ask("find_date", Move.arguments().put("day", "new years eve"),
                    "find dates", result -> count(result.path("days_until").asLong(0) + 1)
                            + " are left this year, with today."));
        }
        var until = MatchedGroups.match(UNTIL, heard.core());
        if (until.filter(groups -> groups.get("day").equals("my birthday")).isPresent()) {
            return Optional.of(
                    new Move.Tell("I do not know your birthday. Ask me how many days it is until a date."));
        }
        return until.filter(groups -> isDay(groups.first("day", "second"))).map(groups -> ask(groups, true));
    }

    private static boolean isDay(String day) {
        return Holidays.knows(day) || DateTimeParser.find(day, "").day().equals(day);
    }

    private static Move ask(MatchedGroups groups, boolean count) {
        var day = groups.first("day", "second");
        var arguments = Move.arguments().put("day", day);
        if (!groups.get("year").isEmpty()) {
            arguments.put("year", Integer.parseInt(groups.get("year")));
        }
        if (!groups.get("next").isEmpty()) {
            arguments.put("next_year", true);
        }
        return new Move.Ask("find_date", arguments, "find dates",
                result -> count ? until(day, !groups.get("weeks").isEmpty(), result) : when(result));
    }

    private static String when(JsonNode result) {
        var date = LocalDate.parse(result.path("date").asString(""));
        long days = result.path("days_until").asLong(0);
        var verb = days < 0 ? " was on " : " is on ";
        return result.path("name").asString("That") + (days == 0 ? " is today, " : verb)
                + result.path("weekday").asString("") + ", " + WrittenForms.date(date) + ".";
    }

    private static String until(String day, boolean weeks, JsonNode result) {
        var name = result.has("name") ? result.path("name").asString("")
                : WrittenForms.dayOfMonth(LocalDate.parse(result.path("date").asString("")));
        long days = result.path("days_until").asLong(0);
        if (days < 0) {
            return WrittenForms.sentence(name) + " was " + count(-days) + " ago.";
        }
        return days == 0 ? WrittenForms.sentence(name) + " is today."
                : days == 1 ? WrittenForms.sentence(name) + " is tomorrow."
                        : "It is " + (weeks ? weeks(days) : count(days)) + " until " + (result.has("name")
                                ? name
                                : day.matches("\\p{L}+day") ? result.path("weekday").asString("") : name)
                                + ".";
    }

    private static String weeks(long days) {
        long weeks = days / 7;
        var rest = days % 7 == 0 ? "" : (weeks == 0 ? "" : " and ") + count(days % 7);
        return (weeks == 0 ? "" : weeks + (weeks == 1 ? " week" : " weeks")) + rest;
    }

    private static String count(long days) {
        return WrittenForms.grouped(String.valueOf(days)) + (days == 1 ? " day" : " days");
    }
}
