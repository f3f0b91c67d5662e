package dev.parley.assistant.appointment;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The hours for appointments: the same spans on each open day, divided into slots of one length. Immutable.
 *
 * @param days  the weekdays that are open
 * @param spans the spans of a day, earliest first
 * @param slot  the length of an appointment
 */
record OpeningHours(Set<DayOfWeek> days, List<Span> spans, Duration slot) {

    /** A span from its beginning to the end of its last appointment. */
    record Span(LocalTime from, LocalTime until) {}

    OpeningHours {
        days = Set.copyOf(days);
        spans = List.copyOf(spans);
    }

    /** Returns Monday to Friday, 9 to 12 and 1 to 5, in slots of half an hour. */
    static OpeningHours defaults() {
        return new OpeningHours(
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY,
                        DayOfWeek.FRIDAY),
                List.of(new Span(LocalTime.of(9, 0), LocalTime.of(12, 0)),
                        new Span(LocalTime.of(13, 0), LocalTime.of(17, 0))),
                Duration.ofMinutes(30));
    }

    /** Returns the slots of a day, earliest first; none if it is closed. */
    List<LocalDateTime> slots(LocalDate day) {
        return days.contains(day.getDayOfWeek()) ? spans.stream().flatMap(span -> slots(day, span)).toList()
                : List.of();
    }

    private Stream<LocalDateTime> slots(LocalDate day, Span span) {
        return Stream.iterate(day.atTime(span.from()), at -> !at.plus(slot).isAfter(day.atTime(span.until())),
                at -> at.plus(slot));
    }
}
