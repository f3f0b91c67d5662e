package dev.parley.assistant.dialogue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes numbers, times and dates as words, so that every voice reads them alike. Stateless. */
final class SpokenForms {
    private static final List<String> ONES = List.of("zero", "one", "two", "three", "four", "five", "six",
            "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen");
    private static final List<String> TENS = List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty",
            "seventy", "eighty", "ninety");
    private static final List<String> SCALES = List.of("", " thousand", " million", " billion", " trillion");
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(15);
    private static final Pattern CLOCK = Pattern
            .compile("(?<![\\w:.])(?:[01]\\d|2[0-3]):[0-5]\\d(?![\\w:]|\\.\\d)");
    private static final Pattern DIGITS = Pattern
            .compile("(?<![\\w.])-?\\d{1,15}(?:\\.\\d{1,10})?(?![\\w.]*\\d)");

    private SpokenForms() {}

    /** Returns a number in words with all its decimals; from 10^15 on rounded: "about one point two seven times ten to the power thirty". */
    static String number(BigDecimal number) {
        var plain = number.stripTrailingZeros();
        if (plain.signum() < 0) {
            return "minus " + number(plain.negate());
        }
        if (plain.compareTo(LARGEST) >= 0 || (plain.signum() > 0 && plain.scale() > 12)) {
            var rounded = plain.round(new MathContext(3, RoundingMode.HALF_UP));
            int exponent = rounded.precision() - rounded.scale() - 1;
            return "about " + number(rounded.movePointLeft(exponent)) + " times ten to the power "
                    + number(BigDecimal.valueOf(exponent));
        }
        var words = whole(plain.toBigInteger());
        if (plain.scale() <= 0) {
            return words;
        }
        var decimals = new StringBuilder(words).append(" point");
        var text = plain.toPlainString();
        text.substring(text.indexOf('.') + 1)
                .chars()
                .forEach(digit -> decimals.append(' ').append(ONES.get(digit - '0')));
        return decimals.toString();
    }

    /** Returns a rounded number in words: at most two decimals, or three digits if it is small. A rounded number begins with "about". */
    static String rounded(String digits, boolean approximate) {
        var exact = new BigDecimal(digits);
        var two = exact.setScale(2, RoundingMode.HALF_UP);
        var heard = exact.abs().compareTo(BigDecimal.ONE) >= 0 || exact.signum() == 0 ? two
                : exact.round(new MathContext(3, RoundingMode.HALF_UP));
        var words = number(heard);
        boolean about = (approximate || heard.compareTo(exact) != 0) && !words.startsWith("about ");
        return (about ? "about " : "") + words;
    }

    /** Capitalizes each word: "new york" becomes "New York". */
    static String title(String words) {
        return Pattern.compile("(?<!\\p{L})\\p{L}")
                .matcher(words)
                .replaceAll(first -> first.group().toUpperCase(Locale.ROOT));
    }

    /** Replaces each number and each time of day in digits by words. */
    static String digits(String text) {
        var times = CLOCK.matcher(text).replaceAll(match -> time(LocalTime.parse(match.group())));
        return DIGITS.matcher(times).replaceAll(match -> number(new BigDecimal(match.group())));
    }

    /** Returns a time in words: "three oh five in the afternoon", "noon", "nine o'clock in the evening". */
    static String time(LocalTime time) {
        int hour = time.getHour();
        int minute = time.getMinute();
        if (minute == 0 && hour % 12 == 0) {
            return hour == 0 ? "midnight" : "noon";
        }
        var words = ONES.get(hour % 12 == 0 ? 12 : hour % 12);
        var past = minute == 0 ? " o'clock"
                : minute < 10 ? " oh " + ONES.get(minute) : " " + whole(BigInteger.valueOf(minute));
        return words + past + part(hour);
    }

    /** Returns a date in words: "November twenty-third, twenty twenty-six". */
    static String date(LocalDate date) {
        return date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                + ordinal(date.getDayOfMonth()) + ", " + year(date.getYear());
    }

    /** Returns month and day in words: "December first". */
    static String dayOfMonth(LocalDate date) {
        return date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                + ordinal(date.getDayOfMonth());
    }

    static String year(int year) {
        int century = year / 100;
        int rest = year % 100;
        if (year < 1000 || year > 2999 || (year >= 2000 && year < 2010)) {
            return whole(BigInteger.valueOf(year));
        }
        var end = rest == 0 ? " hundred"
                : rest < 10 ? " oh " + ONES.get(rest) : " " + whole(BigInteger.valueOf(rest));
        return whole(BigInteger.valueOf(century)) + end;
    }

    /** Returns a length of time in words: "one hour and five minutes". */
    static String span(long seconds) {
        var parts = new java.util.ArrayList<String>();
        addPart(parts, seconds / 3600, "hour");
        addPart(parts, seconds / 60 % 60, "minute");
        addPart(parts, seconds % 60, "second");
        return parts.isEmpty() ? "no time" : list(parts);
    }

    /** Joins items: "a, b and c". */
    static String list(List<String> items) {
        return items.size() < 2 ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }

    /** Capitalizes the first letter. */
    static String sentence(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static void addPart(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(whole(BigInteger.valueOf(count)) + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    private static String part(int hour) {
        if (hour == 0 || hour >= 22) {
            return " at night";
        }
        return hour < 12 ? " in the morning" : hour < 18 ? " in the afternoon" : " in the evening";
    }

    private static String ordinal(int number) {
        var words = whole(BigInteger.valueOf(number));
        var irregular = List.of("one:first", "two:second", "three:third", "five:fifth", "eight:eighth",
                "nine:ninth", "twelve:twelfth");
        for (var pair : irregular) {
            var from = pair.substring(0, pair.indexOf(':'));
            if (words.equals(from) || words.endsWith("-" + from)) {
                return words.substring(0, words.length() - from.length())
                        + pair.substring(pair.indexOf(':') + 1);
            }
        }
        return words.endsWith("y") ? words.substring(0, words.length() - 1) + "ieth" : words + "th";
    }

    private static String whole(BigInteger number) {
        if (number.signum() == 0) {
            return ONES.getFirst();
        }
        var words = "";
        var rest = number.longValueExact();
        for (int scale = 0; rest > 0; scale++, rest /= 1000) {
            int group = (int) (rest % 1000);
            if (group > 0) {
                words = belowThousand(group) + SCALES.get(scale) + (words.isEmpty() ? "" : " " + words);
            }
        }
        return words;
    }

    private static String belowThousand(int number) {
        int rest = number % 100;
        var below = rest < 20 ? ONES.get(rest)
                : TENS.get(rest / 10) + (rest % 10 == 0 ? "" : "-" + ONES.get(rest % 10));
        return number < 100 ? below : ONES.get(number / 100) + " hundred" + (rest == 0 ? "" : " " + below);
    }
}
