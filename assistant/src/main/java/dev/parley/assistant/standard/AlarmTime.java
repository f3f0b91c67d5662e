package dev.parley.assistant.standard;

import dev.parley.assistant.appointment.DateTimeParser;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the next time that a phrase such as "6:30 am", "7" or "noon" means. Stateless. */
final class AlarmTime {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);

    private AlarmTime() {}

    /** Returns the next such time after now. Without "am", "pm" or an hour above 12 that is the earlier of the two. */
    static Optional<ZonedDateTime> next(String phrase, ZonedDateTime now, boolean tomorrow) {
        var words = phrase.toLowerCase(Locale.ROOT);
        boolean sure = words
                .matches(".*(?:[ap]\\.? ?m\\b|noon|midday|midnight|morning|afternoon|evening|night).*")
                || words.matches(".*\\b(?:1[3-9]|2[0-3]|0\\d?)[: ]?\\d{0,2}.*");
        return DateTimeParser.time(words)
                .flatMap(time -> (sure ? Stream.of(time) : Stream.of(time, time.plusHours(12)))
                        .map(at -> tomorrow ? now.toLocalDate().plusDays(1).atTime(at).atZone(now.getZone())
                                : after(at, now))
                        .min(Comparator.naturalOrder()));
    }

    static String text(LocalTime time) {
        return TEXT.format(time).toLowerCase(Locale.ROOT);
    }

    private static ZonedDateTime after(LocalTime time, ZonedDateTime now) {
        var today = now.with(time);
        return today.isAfter(now) ? today : now.toLocalDate().plusDays(1).atTime(time).atZone(now.getZone());
    }
}
