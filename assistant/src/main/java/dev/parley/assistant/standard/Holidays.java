package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Computes the dates of holidays, by the names people use for them. Holidays without a country are those of the United States. The
 * dialogue recognises holidays with it. Stateless.
 */
public final class Holidays {

    /** A holiday: its name in a sentence, and its date in a year. */
    record Holiday(String name, IntFunction<LocalDate> in) {}

    private static final Map<String, Holiday> BY_NAME = new HashMap<>();

    static {
        fixed("New Year's Day", 1, 1, "new years", "new year");
        fixed("Groundhog Day", 2, 2);
        fixed("Valentine's Day", 2, 14, "saint valentines day", "st valentines day", "valentines");
        fixed("Saint Patrick's Day", 3, 17, "st patricks day", "st paddys day");
        fixed("April Fools' Day", 4, 1, "april fools", "april fool day");
        fixed("Earth Day", 4, 22);
        fixed("May Day", 5, 1, "international workers day");
        fixed("Cinco de Mayo", 5, 5);
        fixed("Juneteenth", 6, 19);
        fixed("Canada Day", 7, 1);
        fixed("Independence Day", 7, 4, "4th of july", "fourth of july", "july 4th");
        fixed("Bastille Day", 7, 14);
        fixed("Halloween", 10, 31, "hallowe en");
        fixed("All Saints' Day", 11, 1);
        fixed("Guy Fawkes Night", 11, 5, "bonfire night");
        fixed("Veterans Day", 11, 11, "armistice day", "remembrance day");
        fixed("Saint Nicholas Day", 12, 6, "st nicholas day");
        fixed("Christmas Eve", 12, 24);
        fixed("Christmas", 12, 25, "christmas day", "xmas");
        fixed("Boxing Day", 12, 26, "st stephens day");
        fixed("New Year's Eve", 12, 31, "silvester");
        add("Martin Luther King Day", year -> nth(year, Month.JANUARY, DayOfWeek.MONDAY, 3), "mlk day",
                "martin luther king junior day", "martin luther king jr day");
        add("Presidents' Day", year -> nth(year, Month.FEBRUARY, DayOfWeek.MONDAY, 3),
                "washingtons birthday");
        add("Mother's Day", year -> nth(year, Month.MAY, DayOfWeek.SUNDAY, 2));
        add("Memorial Day", year -> nth(year, Month.MAY, DayOfWeek.MONDAY, -1));
        add("Father's Day", year -> nth(year, Month.JUNE, DayOfWeek.SUNDAY, 3));
        add("Labor Day", year -> nth(year, Month.SEPTEMBER, DayOfWeek.MONDAY, 1), "labour day");
        add("Columbus Day", year -> nth(year, Month.OCTOBER, DayOfWeek.MONDAY, 2), "indigenous peoples day");
        add("Canadian Thanksgiving", year -> nth(year, Month.OCTOBER, DayOfWeek.MONDAY, 2),
                "thanksgiving in canada");
        add("Thanksgiving", Holidays::thanksgiving, "thanksgiving day", "american thanksgiving",
                "us thanksgiving");
        add("Black Friday", year -> thanksgiving(year).plusDays(1));
        add("Cyber Monday", year -> thanksgiving(year).plusDays(4));
        easter("Mardi Gras", -47, "shrove tuesday", "fat tuesday", "pancake day");
        easter("Ash Wednesday", -46);
        easter("Palm Sunday", -7);
        easter("Maundy Thursday", -3);
        easter("Good Friday", -2);
        easter("Easter", 0, "easter sunday", "easter day");
        easter("Easter Monday", 1);
        easter("Ascension Day", 39, "ascension");
        easter("Pentecost", 49, "whitsun", "whit sunday");
        easter("Whit Monday", 50, "pentecost monday");
        easter("Corpus Christi", 60);
    }

    private Holidays() {}

    /** Returns whether this is the name of a holiday; case and punctuation are ignored. */
    public static boolean knows(String name) {
        return find(name).isPresent();
    }

    static Optional<Holiday> find(String name) {
        return Optional.ofNullable(BY_NAME.get(ArgumentText.key(name).replaceFirst("^the ", "")));
    }

    /** Returns the holiday that comes next, or is on that day. */
    static Holiday next(LocalDate day) {
        return BY_NAME.values().stream().min(Comparator.comparing((Holiday holiday) -> {
            var date = holiday.in().apply(day.getYear());
            return date.isBefore(day) ? holiday.in().apply(day.getYear() + 1) : date;
        }).thenComparing(Holiday::name)).orElseThrow();
    }

    /** Returns Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher. */
    static LocalDate easterSunday(int year) {
        int golden = year % 19;
        int century = year / 100;
        int rest = year % 100;
        int correction = (century - (century + 8) / 25 + 1) / 3;
        int moon = (19 * golden + century - century / 4 - correction + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
        int shift = (golden + 11 * moon + 22 * weekday) / 451;
        int days = moon + weekday - 7 * shift + 114;
        return LocalDate.of(year, days / 31, days % 31 + 1);
    }

    private static LocalDate thanksgiving(int year) {
        return nth(year, Month.NOVEMBER, DayOfWeek.THURSDAY, 4);
    }

    private static LocalDate nth(int year, Month month, DayOfWeek weekday, int nth) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday));
    }

    private static void fixed(String name, int month, int day, String... others) {
        add(name, year -> LocalDate.of(year, month, day), others);
    }

    private static void easter(String name, int days, String... others) {
        add(name, year -> easterSunday(year).plusDays(days), others);
    }

    private static void add(String name, IntFunction<LocalDate> in, String... others) {
        var holiday = new Holiday(name, in);
        BY_NAME.put(ArgumentText.key(name), holiday);
        for (var other : others) {
            BY_NAME.put(other, holiday);
        }
    }
}
