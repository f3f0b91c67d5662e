package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers with a unit or a percent sign, and ranges of them: 20 °C, 5 km/h, 10–12 km, 15%, 6'2". */
final class MeasureRules {

    static final String NUMBER = "(?<n>[-\u2212]?(?:\\d{1,3}(?:,\\d{3}){1,8}|\\d{1,40})(?:\\.\\d{1,40})?|[-\u2212]?\\.\\d{1,40})";
    private static final String PLAIN = "[-\u2212]?\\d{1,9}(?:\\.\\d{1,9})?";
    private static final String SYMBOL = "(?<unit>(?:fl oz|sq ft|sq m|sq mi|\u00b0 ?[CF](?!\\p{L})|\u00b0|[\\p{L}\u00b5\u03bc]{1,4}(?:/[\\p{L}]{1,4})?[\u00b2\u00b3]?|[ckm]?m[23])(?![\\p{L}\\d\u00b2\u00b3/]))";
    private static final String SQUARE_OR = "(?: ?)" + SYMBOL;

    /** Forms that would otherwise look like a number with a unit, and units without a number. */
    static final List<Rule> FIRST = List.of(
            Rule.of("(?<n>\\d{1,3}(?:,\\d{3}){1,6})s(?![\\p{L}\\d])",
                    form -> NumberNames.plural(NumberNames.whole(form.get("n")))
                            .replaceFirst("^one (?=\\p{L}+s$)", "")),
            Rule.maybe("(?<unit>[\\p{L}\u00b5\u03bc]{1,4}/[\\p{L}]{1,4}[\u00b2\u00b3]?)(?![\\p{L}\\d])",
                    form -> Measures.knows(form.get("unit"))
                            ? Optional.of(Measures.name(form.get("unit"), false))
                            : Optional.empty()),
            Rule.maybe(
                    "(?<inches>\\d{1,4}(?:\\.\\d)?)\"(?= (?!long|wide|tall|high|deep|by|and|or|in|is)\\p{Ll})",
                    form -> quoted(form) ? Optional.empty()
                            : Optional.of(NumberNames.number(form.get("inches")) + " inch")));

    static final List<Rule> RULES = List
            .of(Rule.of("(?<feet>\\d{1,2}) ?['\u2032\u2019] ?(?<inches>\\d{1,2}) ?(?:\"|\u2033|\u201d|'')",
                    form -> NumberNames.whole(form.get("feet"))
                            + (form.get("feet").equals("1") ? " foot " : " feet ") + inches(
                                    form.get("inches"))),
                    Rule.of("(?<feet>\\d{1,4})\u2032(?!\\d)",
                            form -> NumberNames.whole(form.get("feet")) + " feet"),
                    Rule.of("(?<inches>\\d{1,4})\u2033", form -> inches(form.get("inches"))),
                    Rule.maybe("(?<inches>\\d{1,4}(?:\\.\\d)?)\"(?!\\p{L})",
                            form -> quoted(form) ? Optional.empty()
                                    : Optional.of(inches(form.get("inches")))),
                    Rule.maybe("(?<from>" + PLAIN + ")" + SQUARE_OR.replace("unit", "first")
                            + "? ?[-\u2013\u2014] ?" + NUMBER + SQUARE_OR, MeasureRules::range),
                    Rule.of("(?<from>" + PLAIN + ") ?%? ?[-\u2013\u2014] ?" + NUMBER + " ?%",
                            form -> NumberNames.number(form.get("from")) + " to "
                                    + NumberNames.number(form.get("n")) + " percent"),
                    Rule.of(NUMBER + " ?%", form -> NumberNames.number(form.get("n")) + " percent"),
                    Rule.of(NUMBER + " ?\u2030", form -> NumberNames.number(form.get("n")) + " per mille"),
                    Rule.maybe("(?<top>[1-9])/(?<bottom>[2-9])" + SQUARE_OR,
                            form -> Measures.knows(form.get("unit"))
                                    ? Optional.of(NumberNames.fraction(form.number("top"),
                                            form.number("bottom")) + " "
                                            + Measures.name(form.get("unit"), true))
                                    : Optional.empty()),
                    Rule.maybe(NUMBER
                            + "-(?<word>mile|meter|foot|inch|minute|hour|day|week|month|year|second|page|point|pound|step|part|bit)(?![\\p{L}])",
                            form -> Optional.of(NumberNames.number(form.get("n")) + " " + form.get("word"))),
                    Rule.maybe(NUMBER + "[ -]?" + SYMBOL + "(?:\\.(?=,| \\p{Ll}))?",
                            form -> Measures.knows(form.get("unit")) && !word(form)
                                    ? Optional.of(NumberNames.number(form.get("n")) + " "
                                            + Measures.name(form.get("unit"), isOne(form.get("n"))))
                                    : Optional.empty()));

    private MeasureRules() {}

    private static Optional<String> range(Rule.Form form) {
        if (!Measures.knows(form.get("unit")) || (form.has("first") && !Measures.knows(form.get("first")))) {
            return Optional.empty();
        }
        var first = form.has("first") && !form.get("first").equals(form.get("unit"))
                ? " " + Measures.name(form.get("first"), false)
                : "";
        return Optional.of(NumberNames.number(form.get("from")) + first + " to "
                + NumberNames.number(form.get("n")) + " " + Measures.name(form.get("unit"), false));
    }

    /** Returns whether a symbol after a space may be a word: "t" is not a ton in "the 5 t shirts"; "B" is not a byte in "2 B or not". */
    private static boolean word(Rule.Form form) {
        var rest = form.rest();
        return rest.startsWith("-") && rest.length() > 1 && Character.isLetter(rest.charAt(1))
                && form.get("unit").toLowerCase(Locale.ROOT).length() == 1;
    }

    private static boolean quoted(Rule.Form form) {
        return form.text().substring(0, form.match().start()).chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private static String inches(String number) {
        return NumberNames.number(number) + (number.equals("1") ? " inch" : " inches");
    }

    static boolean isOne(String number) {
        return number.equals("1") || number.equals("-1") || number.equals("\u22121");
    }
}
