package dev.parley.assistant.standard;

import dev.parley.assistant.appointment.DateTimeParser;
import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The tool that returns the date of a holiday or a day, and the number of days until then. */
final class DateTool {
    private static final int FIRST_YEAR = 1800;
    private static final int LAST_YEAR = 2399;
    private static final int MAX_NAME = 60;
    private static final Pattern NEXT_HOLIDAY = Pattern.compile("(?:the )?next (?:public |bank )?holiday");

    private DateTool() {}

    static Tool create() {
        return Tool.of("find_date",
                "Tells the date and weekday of a holiday or a day, and how many days are left until then.",
                ToolParameters.none()
                        .required("day", JsonType.STRING,
                                "A holiday, a date, a weekday or next holiday, for example: Easter, December 25, Friday")
                        .optional("year", FIRST_YEAR, LAST_YEAR,
                                "The year of a holiday; leave out for the next one to come")
                        .optional("next_year", JsonType.BOOLEAN, "true for the holiday of next year"),
                DateTool::call);
    }

    private static ObjectNode call(ObjectNode arguments, ToolContext context) {
        var name = ArgumentText.brief(ToolJson.text(arguments, "day"), MAX_NAME);
        var today = context.clock().instant().atZone(context.zone()).toLocalDate();
        var year = ToolJson.text(arguments, "year");
        if (!year.isEmpty() && !year.matches("(?:1[89]|2[0-3])\\d\\d")) {
            return ToolJson.error("I only know the years from 1800 to 2399.");
        }
        if (NEXT_HOLIDAY.matcher(ArgumentText.key(name)).matches()) {
            var next = Holidays.next(today);
            return describe(
                    next.in().apply(today.getYear()).isBefore(today) ? next.in().apply(today.getYear() + 1)
                            : next.in().apply(today.getYear()),
                    today).put("name", next.name());
        }
        var holiday = Holidays.find(name);
        if (holiday.isPresent()) {
            var in = holiday.get().in();
            var next = in.apply(today.getYear());
            var date = ToolJson.flag(arguments, "next_year") ? in.apply(today.getYear() + 1)
                    : !year.isEmpty() ? in.apply(Integer.parseInt(year))
                            : next.isBefore(today) ? in.apply(today.getYear() + 1) : next;
            return describe(date, today).put("name", holiday.get().name());
        }
        return DateTimeParser.day(name, today)
                .map(date -> describe(date, today))
                .orElseGet(() -> ToolJson.error(name.isEmpty() ? "Tell me which day you mean."
                        : "I do not know when " + name + " is."));
    }

    private static ObjectNode describe(LocalDate date, LocalDate today) {
        return ToolJson.object()
                .put("date", date.toString())
                .put("weekday", date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .put("days_until", ChronoUnit.DAYS.between(today, date));
    }
}
