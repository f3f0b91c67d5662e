package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Dates, years and decades: 2026-11-30, 30 Nov 2026, 11/30, Nov 30th, 1999, the 1990s. */
final class DateRules {

    private static final List<String> MONTHS = List.of("January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December");
    private static final String MONTH = "(?<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![\\p{L}])\\.?";
    private static final String DAY = "(?<day>0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
    private static final String YEAR = "(?<year>1\\d{3}|20\\d\\d)";
    private static final String END = "(?![\\p{L}\\d]|[.,:]\\d)";
    private static final Set<String> BEFORE_YEAR = Set.of("in", "since", "by", "of", "year", "from", "until",
            "till", "before", "after", "during", "around", "circa", "to", "early", "late", "mid", "summer",
            "winter", "spring", "autumn", "fall", "and", "born", "about");
    private static final Set<String> BEFORE_DATE = Set.of("on", "by", "until", "since", "from", "due",
            "before", "after", "till", "date", "monday", "tuesday", "wednesday", "thursday", "friday",
            "saturday", "sunday");
    private static final Set<Integer> DENOMINATORS = Set.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32, 64, 100);

    static final List<Rule> RULES = List.of(Rule.maybe(
            "(?<year>\\d{4})-(?<m>\\d\\d)-(?<d>\\d\\d)(?:T(?<h>[01]\\d|2[0-3]):(?<min>[0-5]\\d)(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?"
                    + END,
            DateRules::iso), Rule.of(MONTH + " " + DAY + "(?:,? " + YEAR + ")?" + END, DateRules::named),
            Rule.of(DAY + "(?<of> of)? " + MONTH + "(?:,? " + YEAR + END + ")?", DateRules::named),
            Rule.of(MONTH + ",? " + YEAR + END,
                    form -> month(form.get("month")) + " " + NumberNames.year(form.number("year"))),
            Rule.maybe("(?<a>\\d{1,2})/(?<b>\\d{1,2})/(?<year>\\d{4}|\\d\\d)" + END, DateRules::slashes),
            Rule.maybe("(?<a>\\d{1,2})\\.(?<b>\\d{1,2})\\.(?<year>\\d{4})" + END,
                    form -> date(form.number("b"), form.number("a"), form.get("year"))),
            Rule.maybe("(?<a>\\d{1,2})/(?<b>\\d{1,2})(?![\\p{L}\\d/]|\\.\\d)", DateRules::monthAndDay),
            Rule.of("(?<year>1\\d|20)(?<tens>\\d)0'?s(?![\\p{L}\\d])", DateRules::decade),
            Rule.of("['\u2019]?(?<tens>[2-9])0'?s(?![\\p{L}\\d])",
                    form -> NumberNames.plural(NumberNames.whole(form.get("tens") + "0"))),
            Rule.maybe(YEAR + "(?: ?[-\u2013\u2014] ?(?<to>1\\d{3}|20\\d\\d))" + END,
                    form -> Optional.of(NumberNames.year(form.number("year")) + " to "
                            + NumberNames.year(form.number("to")))),
            Rule.maybe(YEAR + END + "(?! ?(?:%|\u00b0|\\$|\u20ac|\u00a3|x\\d|\u00d7|[-+*/=\u2212] ?\\d))",
                    DateRules::year));

    private DateRules() {}

    private static Optional<String> iso(Rule.Form form) {
        return date(form.number("m"), form.number("d"), form.get("year")).map(
                date -> form.has("h") ? date + ", " + ClockRules.clock(form.number("h"), form.number("min"))
                        : date);
    }

    private static String named(Rule.Form form) {
        var month = month(form.get("month"));
        var day = NumberNames.ordinal(day(form.get("day")));
        boolean of = form.match().namedGroups().containsKey("of") && form.has("of");
        var date = of ? day + " of " + month : month + " " + day;
        return form.has("year") ? date + ", " + NumberNames.year(form.number("year"))
                : date + (form.all().endsWith(".") && form.endsText() ? "." : "");
    }

    private static Optional<String> slashes(Rule.Form form) {
        int first = form.number("a");
        int second = form.number("b");
        return first > 12 ? date(second, first, form.get("year")) : date(first, second, form.get("year"));
    }

    /** Reads 11/30 as a date, and 3/4 as a fraction unless a word before it asks for a date. */
    private static Optional<String> monthAndDay(Rule.Form form) {
        int first = form.number("a");
        int second = form.number("b");
        boolean asDate = BEFORE_DATE.contains(form.wordBefore().toLowerCase(Locale.ROOT))
                || (!DENOMINATORS.contains(second) && !(first == 9 && second == 11));
        return asDate ? date(first, second, "") : Optional.empty();
    }

    private static String decade(Rule.Form form) {
        int century = form.number("year");
        int tens = form.number("tens");
        if (tens == 0) {
            return century == 20 ? "two thousands"
                    : century == 10 ? "one thousands" : NumberNames.whole(century) + " hundreds";
        }
        return NumberNames.whole(century) + " "
                + NumberNames.plural(NumberNames.whole(tens == 1 ? "10" : tens + "0"));
    }

    private static Optional<String> year(Rule.Form form) {
        int year = form.number("year");
        boolean asked = BEFORE_YEAR.contains(form.wordBefore().toLowerCase(Locale.ROOT));
        return asked || year >= 1900 ? Optional.of(NumberNames.year(year)) : Optional.empty();
    }

    private static Optional<String> date(int month, int day, String year) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return Optional.empty();
        }
        var date = MONTHS.get(month - 1) + " " + NumberNames.ordinal(String.valueOf(day));
        if (year.isEmpty()) {
            return Optional.of(date);
        }
        int full = year.length() == 2 ? Integer.parseInt(year) + 2000 : Integer.parseInt(year);
        return Optional.of(date + ", " + NumberNames.year(full));
    }

    /** Returns the full name of a month that is written in full or by its first letters. */
    static String month(String written) {
        return MONTHS.stream()
                .filter(name -> name.startsWith(written.substring(0, 3)))
                .findFirst()
                .orElse(written);
    }

    private static String day(String digits) {
        return digits.startsWith("0") ? digits.substring(1) : digits;
    }
}
