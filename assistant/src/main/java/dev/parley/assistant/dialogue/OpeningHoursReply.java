package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.WrittenForms;
import java.time.LocalTime;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** Requests the opening hours and words the reply. Stateless. */
final class OpeningHoursReply {

    private OpeningHoursReply() {}

    /** The question that the reply begins with an answer to. */
    enum Question {
        OPEN,
        CLOSED,
        HOURS
    }

    /** Returns the move that replies with the hours of a day; the day is "" for all days. */
    static Move ask(String day, Question question) {
        var arguments = day.isEmpty() ? Move.arguments() : Move.arguments().put("day", day);
        return new Move.Ask("get_opening_hours", arguments, "tell opening hours",
                result -> answer(question, result));
    }

    private static String answer(Question question, JsonNode result) {
        var days = new ArrayList<String>();
        result.path("days").values().forEach(day -> days.add(day.asString("")));
        var spans = new ArrayList<String>();
        result.path("spans")
                .values()
                .forEach(span -> spans.add(time(span, "from") + " to " + time(span, "until")));
        if (days.isEmpty() || spans.isEmpty()) {
            return "I do not know the opening hours.";
        }
        // A row of consecutive days is named by its first and last day; other days are listed.
        boolean row = days.size() > 2
                && days.size() == weekday(days.getLast()) - weekday(days.getFirst()) + 1;
        var all = "We are open " + (row ? days.getFirst() + " to " + days.getLast() : WrittenForms.list(days))
                + ", " + WrittenForms.list(spans) + ".";
        if (!result.has("open")) {
            return all;
        }
        var weekday = result.path("weekday").asString("");
        boolean open = result.path("open").asBoolean(false);
        var lead = switch (question) {
            case OPEN -> open ? "Yes. " : "";
            case CLOSED -> open ? "No. " : "Yes. ";
            case HOURS -> "";
        };
        return lead + (open ? "On " + weekday + " we are open from " + WrittenForms.list(spans) + "."
                : "We are closed on " + weekday + ". " + all);
    }

    private static String time(JsonNode span, String name) {
        return WrittenForms.time(LocalTime.parse(span.path(name).asString("")));
    }

    private static int weekday(String name) {
        return java.time.DayOfWeek.valueOf(name.toUpperCase(java.util.Locale.ROOT)).getValue();
    }
}
