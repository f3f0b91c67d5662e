package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The tool that tells the time and the date, here or anywhere. */
final class TimeTool {
    private static final BigDecimal MAX_DAYS = BigDecimal.valueOf(36_525);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private TimeTool() {}

    static Tool create() {
        return Tool.of("get_time",
                "Tells the present time, date and weekday, here or in a city, country or time zone; also the date some days from now.",
                ToolParameters.none()
                        .optional("place", JsonType.STRING,
                                "City, country or time zone id, for example: Tokyo. Leave out for the user's own place.")
                        .optional("days", JsonType.INTEGER,
                                "Days from today, for example 1 for tomorrow; default 0"),
                TimeTool::call);
    }

    private static ObjectNode call(ObjectNode arguments, ToolContext context) {
        var name = ArgumentText.brief(ToolJson.text(arguments, "place"), Places.MAX_NAME);
        var place = name.isEmpty() ? new Places.Place("", context.zone()) : Places.find(name).orElse(null);
        if (place == null) {
            return ToolJson.error("I do not know a place called " + name + ".");
        }
        var days = Numerals.parse(ToolJson.text(arguments, "days")).orElse(BigDecimal.ZERO);
        if (days.abs().compareTo(MAX_DAYS) > 0) {
            return ToolJson.error("That day is too far away for me.");
        }
        var now = context.clock().instant().atZone(place.zone());
        var result = describe(now.plusDays(days.intValue()), place);
        long apart = ChronoUnit.DAYS.between(today(context, context.zone()), today(context, place.zone()));
        return days.signum() == 0 && apart != 0 ? result.put("days_from_here", apart) : result;
    }

    private static ObjectNode describe(ZonedDateTime then, Places.Place place) {
        var result = ToolJson.object();
        if (!place.name().isEmpty()) {
            result.put("place", place.name());
        }
        return result.put("zone", place.zone().getId())
                .put("time", TIME.format(then))
                .put("date", then.toLocalDate().toString())
                .put("weekday", then.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .put("utc_offset",
                        then.getOffset().getTotalSeconds() == 0 ? "+00:00" : then.getOffset().getId());
    }

    private static LocalDate today(ToolContext context, ZoneId zone) {
        return context.clock().instant().atZone(zone).toLocalDate();
    }
}
