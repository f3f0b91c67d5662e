package dev.parley.assistant.standard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Formats lengths of time as people say them: "1 hour 30 minutes". */
final class DurationText {
    private DurationText() {}

    static String text(Duration span) {
        var parts = new ArrayList<String>();
        add(parts, span.toHours(), "hour");
        add(parts, span.toMinutesPart(), "minute");
        add(parts, span.toSecondsPart(), "second");
        return parts.isEmpty() ? "less than a second" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
