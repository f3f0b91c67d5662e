package dev.parley.assistant.dialogue.language;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes numbers, times and dates as a reader expects them: "1,234.5", "10:30 am". The synthesis turns them into words. Stateless. */
public final class WrittenForms {
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(15);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_MONTH = DateTimeFormatter.ofPattern("MMMM d",
            Locale.ENGLISH);
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<![\\d.])\\d{4,15}(?!\\d)");

    private WrittenForms() {}

    /** Returns a number with all its decimals, in groups of thousands; rounded from 10^15 on: "about 1.27 × 10^30". */
    public static String number(BigDecimal number) {
        var plain = number.stripTrailingZeros();
        var sign = plain.signum() < 0 ? "\u2212" : "";
        if (plain.abs().compareTo(LARGEST) >= 0 || (plain.signum() != 0 && plain.scale() > 12)) {
            var rounded = plain.abs().round(new MathContext(3, RoundingMode.HALF_UP));
            int exponent = rounded.precision() - rounded.scale() - 1;
            return "about " + sign + number(rounded.movePointLeft(exponent)) + " \u00d7 10^" + exponent;
        }
        return sign + grouped(plain.abs().toPlainString());
    }

    /** Returns a rounded number: at most two decimals, or three digits if it is small. A rounded number begins with "about". */
    public static String rounded(String digits, boolean approximate) {
        var exact = new BigDecimal(digits);
        var two = exact.setScale(2, RoundingMode.HALF_UP);
        var shown = exact.abs().compareTo(BigDecimal.ONE) >= 0 || exact.signum() == 0 ? two
                : exact.round(new MathContext(3, RoundingMode.HALF_UP));
        var number = number(shown);
        boolean about = (approximate || shown.compareTo(exact) != 0) && !number.contains("about ");
        return (about ? "about " : "") + number;
    }

    /** Separates the thousands of each whole number in a text. */
    public static String grouped(String text) {
        return LONG_NUMBER.matcher(text)
                .replaceAll(match -> String.format(Locale.ROOT, "%,d", Long.parseLong(match.group())));
    }

    /** Returns a time: "3:05 pm", "noon", "midnight". */
    public static String time(LocalTime time) {
        if (time.getMinute() == 0 && time.getHour() % 12 == 0) {
            return time.getHour() == 0 ? "midnight" : "noon";
        }
        return TIME.format(time) + (time.getHour() < 12 ? " am" : " pm");
    }

    /** Returns a date: "November 23, 2026". */
    public static String date(LocalDate date) {
        return DATE.format(date);
    }

    /** Returns month and day: "December 1". */
    public static String dayOfMonth(LocalDate date) {
        return DAY_OF_MONTH.format(date);
    }

    /** Returns a length of time: "1 hour and 5 minutes". */
    public static String span(long seconds) {
        var parts = new ArrayList<String>();
        addPart(parts, seconds / 3600, "hour");
        addPart(parts, seconds / 60 % 60, "minute");
        addPart(parts, seconds % 60, "second");
        return parts.isEmpty() ? "no time" : list(parts);
    }

    /** Joins items: "a, b and c". */
    public static String list(List<String> items) {
        return items.size() < 2 ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }

    /** Capitalizes each word: "new york" becomes "New York". */
    public static String title(String words) {
        return Pattern.compile("(?<!\\p{L})\\p{L}")
                .matcher(words)
                .replaceAll(first -> first.group().toUpperCase(Locale.ROOT));
    }

    /** Capitalizes the first letter. */
    public static String sentence(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static void addPart(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
