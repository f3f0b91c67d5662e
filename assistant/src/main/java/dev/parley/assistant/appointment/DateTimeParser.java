package dev.parley.assistant.appointment;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds and parses days and times as models and people write them: "next Tuesday", "the first of December"; "10:30", "half past ten".
 * Stateless.
 */
public final class DateTimeParser {

    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth",
            "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
            "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty first",
            "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth",
            "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first");
    private static final String NUMBER = "(?<n>\\d{1,2})(?:st|nd|rd|th)?";
    private static final String MONTH = "(?<m>[a-z]{3,9})";
    private static final Pattern DATE = Pattern.compile(NUMBER + "(?: of)? " + MONTH + "|"
            + MONTH.replace("<m", "<m2") + " " + NUMBER.replace("<n", "<n2"));
    private static final Pattern CLOCK = Pattern
            .compile("(?<h>\\d{1,2})(?:[: .]?(?<min>\\d{2}))?(?: ?oclock)?(?: ?(?<half>am|pm))?");
    private static final Pattern PAST = Pattern
            .compile("(?<what>half|quarter|a quarter) (?<dir>past|to) (?<h>\\d{1,2})(?: ?(?<half>am|pm))?");

    private static final String WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
    private static final String MONTH_NAME = "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
    private static final String ORDINAL = "(?:\\d{1,2}(?:st|nd|rd|th)?|(?:twenty |20 )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
            + "|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|(?:thirty|30) first)";
    private static final Pattern DAY_IN_TEXT = Pattern
            .compile("\\b(?:today|yesterday|(?:the )?day after tomorrow|tomorrow|" + WEEKDAY + "|" + ORDINAL
                    + " (?:of )?" + MONTH_NAME + "|" + MONTH_NAME + " (?:the )?" + ORDINAL + ")\\b");
    private static final Pattern TIME_IN_TEXT = Pattern
            .compile("\\b(?:half past \\d{1,2}|(?:a )?quarter (?:past|to) \\d{1,2}|noon|midday|midnight"
                    + "|\\d{1,2}[: ][0-5]\\d|\\d{1,2}(?= ?oclock| ?[ap]m| in the)|(?<=at |about |around )\\d{3,4}|(?<=at |about |around )\\d{1,2})(?: ?oclock)?(?: ?[ap]m\\b| in the (?:morning|afternoon|evening))?");
    private static final Pattern BARE_TIME = Pattern.compile(
            "(?:\\d{1,2}|\\d{3,4})(?: (?:is|would be|sounds|suits me)(?: (?:fine|good|great|perfect))?)?");

    private DateTimeParser() {}

    /** The phrases for a day and a time in a text; "" if it holds none. */
    public record Found(String day, String time) {

        /** Returns whether the text holds neither. */
        public boolean isEmpty() {
            return day.isEmpty() && time.isEmpty();
        }
    }

    /**
     * Finds the phrases for a day and a time in an utterance, in the form that the tools of the calendar take.
     *
     * @param text the utterance in lower case, with numbers as digits
     * @param core the same without polite words; if it is a number only, that is a time
     */
    public static Found find(String text, String core) {
        var day = DAY_IN_TEXT.matcher(text);
        boolean hasDay = day.find();
        var rest = hasDay ? text.substring(0, day.start()) + "/" + text.substring(day.end()) : text;
        var time = TIME_IN_TEXT.matcher(rest);
        return new Found(hasDay ? day.group() : "", time.find() ? time.group()
                : BARE_TIME.matcher(core).matches() ? core.replaceFirst(" .*", "") : "");
    }

    /** Returns the day that the phrase means, relative to today; a weekday is the next one to come. */
    public static Optional<LocalDate> day(String words, LocalDate today) {
        var text = plain(words).replaceFirst("^(?:on |for |this |next |coming |the )+", "");
        if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return iso(text);
        }
        return switch (text) {
            case "today" -> Optional.of(today);
            case "yesterday" -> Optional.of(today.minusDays(1));
            case "tomorrow" -> Optional.of(today.plusDays(1));
            case "day after tomorrow" -> Optional.of(today.plusDays(2));
            default -> weekday(text, today).or(() -> date(text, today));
        };
    }

    private static Optional<LocalDate> weekday(String text, LocalDate today) {
        return Stream.of(DayOfWeek.values())
                .filter(weekday -> text.equals(weekday.name().toLowerCase(Locale.ROOT)))
                .map(weekday -> today.with(TemporalAdjusters.next(weekday)))
                .findFirst();
    }

    /** Returns the time that the phrase means; without "am" or "pm", one to six is in the afternoon. */
    public static Optional<LocalTime> time(String words) {
        var text = plain(words).replaceFirst("^(?:at |around |about )+", "")
                .replaceFirst(" in the morning$", " am")
                .replaceFirst(" in the (?:afternoon|evening)$", " pm");
        if (text.matches("(?:noon|midday)")) {
            return Optional.of(LocalTime.NOON);
        }
        if (text.equals("midnight")) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        var past = PAST.matcher(text);
        if (past.matches()) {
            int minutes = past.group("what").equals("half") ? 30 : 15;
            return clock(past, 0).map(at -> past.group("dir").equals("to") ? at.minusMinutes(minutes)
                    : at.plusMinutes(minutes));
        }
        var clock = CLOCK.matcher(text);
        return clock.matches()
                ? clock(clock, clock.group("min") == null ? 0 : Integer.parseInt(clock.group("min")))
                : Optional.empty();
    }

    private static Optional<LocalTime> clock(Matcher match, int minute) {
        int hour = Integer.parseInt(match.group("h"));
        var half = match.group("half");
        if (half != null ? hour < 1 || hour > 12 : hour > 23) {
            return Optional.empty();
        }
        boolean afternoon = half == null ? hour >= 1 && hour <= 6 && match.group("h").length() == 1
                : half.equals("pm");
        int full = half == null ? afternoon ? hour + 12 : hour : hour % 12 + (afternoon ? 12 : 0);
        return minute > 59 ? Optional.empty() : Optional.of(LocalTime.of(full, minute));
    }

    private static Optional<LocalDate> date(String text, LocalDate today) {
        var folded = text.replaceFirst("\\b20 (?=[a-z])", "twenty ")
                .replaceFirst("\\b30 (?=[a-z])", "thirty ");
        for (int i = ORDINALS.size(); i > 0; i--) {
            folded = folded.replaceFirst("\\b" + ORDINALS.get(i - 1) + "\\b", String.valueOf(i));
        }
        var match = DATE.matcher(folded.replaceFirst(" the ", " "));
        if (!match.matches()) {
            return Optional.empty();
        }
        var number = match.group("n") == null ? match.group("n2") : match.group("n");
        var name = match.group("m") == null ? match.group("m2") : match.group("m");
        for (var month : Month.values()) {
            if (name.length() >= 3 && month.name().toLowerCase(Locale.ROOT).startsWith(name)) {
                return next(month, Integer.parseInt(number), today);
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> next(Month month, int number, LocalDate today) {
        try {
            var date = LocalDate.of(today.getYear(), month, number);
            return Optional.of(date.isBefore(today) ? date.plusYears(1) : date);
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> iso(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replaceAll("([ap])\\.? ?m\\b\\.?", "$1m")
                .replaceAll("o['\u2019]clock", "oclock")
                .replaceAll("(?<=[a-z])-(?=[a-z])", " ")
                .replaceAll("[,.!?]+(?= |$)", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
