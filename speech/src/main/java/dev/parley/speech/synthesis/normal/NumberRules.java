package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Numbers without a unit: telephone numbers, versions, ordinals, fractions, ranges, powers, decimals. */
final class NumberRules {

    private static final String END = "(?![\\p{L}\\d])";
    private static final Map<Character, String> PARTS = Map.ofEntries(Map.entry('\u00bd', "one half"),
            Map.entry('\u2153', "one third"), Map.entry('\u2154', "two thirds"),
            Map.entry('\u00bc', "one quarter"), Map.entry('\u00be', "three quarters"),
            Map.entry('\u2155', "one fifth"), Map.entry('\u215b', "one eighth"),
            Map.entry('\u215c', "three eighths"), Map.entry('\u215d', "five eighths"),
            Map.entry('\u215e', "seven eighths"));
    /** A number after these words is said digit by digit: "Call 911". */
    private static final Set<String> SAID_BY_DIGITS = Set.of("call", "dial", "phone", "code", "zip", "pin",
            "passcode", "postcode", "password");
    private static final String SMALL = "[\u00bd\u2153\u2154\u00bc\u00be\u2155\u215b-\u215e]";

    /** Telephone numbers; they go before dates, since their groups look like ranges. */
    static final List<Rule> TELEPHONES = List.of(
            Rule.maybe("(?<n>\\d{2,8})" + END + "(?![ ,.:/-]\\d)",
                    form -> SAID_BY_DIGITS.contains(form.wordBefore().toLowerCase(Locale.ROOT))
                            ? Optional.of(NumberNames.digits(form.get("n")))
                            : Optional.empty()),
            Rule.of("(?<plus>\\+)(?<cc>\\d{1,3})(?<n>(?:[ .-]?\\(?\\d{1,5}\\)?){2,6})" + END,
                    form -> "plus " + NumberNames.digits(form.get("cc")) + ", " + groups(form.get("n"))),
            Rule.of("\\((?<n>\\d{3}\\) ?\\d{3}[ .-]\\d{4})" + END, form -> groups(form.get("n"))),
            Rule.of("(?<n>(?:1-)?\\d{3}([.-])\\d{3}\\2\\d{4})" + END, form -> groups(form.get("n"))),
            Rule.of("(?<n>0\\d{2,4} \\d{3,4}(?: \\d{3,4})?)" + END, form -> groups(form.get("n"))),
            Rule.of("(?!\\d{4}-\\d\\d-\\d\\d(?!\\d))(?<n>\\d{1,7}(?:-\\d{1,7}){2,6})" + END,
                    form -> groups(form.get("n"))),
            Rule.of("(?<n>\\d{3}-\\d{4})" + END + "(?!-)", form -> groups(form.get("n"))));

    static final List<Rule> RULES = List.of(Rule.of("24/7" + END, form -> "twenty-four seven"),
            Rule.of("9/11" + END, form -> "nine eleven"), Rule.of("50/50" + END, form -> "fifty fifty"),
            Rule.of("(?<n>\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?" + END,
                    form -> dotted(form.get("n"), " dot ")),
            Rule.of("[vV]?(?<n>\\d{1,6}(?:\\.\\d{1,6}){2,4})" + END,
                    form -> (Character.isLetter(form.all().charAt(0)) ? "version " : "")
                            + dotted(form.get("n"), " point ")),
            Rule.of("[vV](?<n>\\d{1,4}(?:\\.\\d{1,4})?)" + END,
                    form -> "version " + NumberNames.number(form.get("n"))),
            Rule.of("(?<n>\\d{1,3}(?:,\\d{3}){1,6}|\\d{1,15})(?:st|nd|rd|th)" + END,
                    form -> NumberNames.ordinal(form.get("n").replace(",", ""))),
            Rule.of("(?<n>\\d{1,9}) ?(?<part>" + SMALL + ")",
                    form -> NumberNames.whole(form.get("n")) + " and "
                            + PARTS.getOrDefault(form.get("part").charAt(0), "")
                                    .replaceFirst("^one (?=half|quarter)", "a ")),
            Rule.of("(?<part>" + SMALL + ")", form -> PARTS.getOrDefault(form.get("part").charAt(0), "")),
            Rule.maybe("(?<n>\\d{1,9})[ -](?<top>\\d{1,2})/(?<bottom>\\d{1,3})" + END, form -> mixed(form)),
            Rule.of("(?<top>\\d{1,9})/(?<bottom>\\d{1,9})(?:th|ths)?(?![\\p{L}\\d/])", NumberRules::fraction),
            Rule.of("(?<from>\\d{1,9}(?:\\.\\d{1,9})?) ?[x\u00d7] ?(?=\\d)",
                    form -> NumberNames.number(form.get("from"))
                            + (form.all().contains("x") ? " by " : " times ")),
            Rule.of("(?<n>\\d{1,9}(?:\\.\\d{1,9})?)[x\u00d7]" + END,
                    form -> NumberNames.number(form.get("n")) + " times"),
            Rule.of("(?<n>\\d{1,9}) ?\\^ ?(?<power>[-\u2212]?\\d{1,9})" + END,
                    form -> NumberNames.whole(form.get("n")) + " to the power "
                            + NumberNames.number(form.get("power"))),
            Rule.of("(?<n>\\d{1,9})(?<power>[\u00b2\u00b3])",
                    form -> NumberNames.whole(form.get("n"))
                            + (form.get("power").equals("\u00b2") ? " squared" : " cubed")),
            Rule.of("(?<n>\\d{1,9}(?:\\.\\d{1,15})?)[eE](?<power>[+-]?\\d{1,3})" + END,
                    form -> NumberNames.number(form.get("n")) + " times ten to the power "
                            + NumberNames.number(form.get("power").replace("+", ""))),
            Rule.of("(?<from>\\d{1,9}(?:\\.\\d{1,9})?)(?:[-\u2013\u2014]| [\u2013\u2014] )(?=\\d)",
                    form -> NumberNames.number(form.get("from")) + " to "),
            Rule.of("(?<from>\\d{1,9}(?:\\.\\d{1,9})?) - (?=\\d)",
                    form -> NumberNames.number(form.get("from")) + " minus "),
            Rule.of("(?<from>\\d{1,9}):(?=\\d{1,9}" + END + ")",
                    form -> NumberNames.whole(form.get("from")) + " to "),
            Rule.of("(?<n>\\d{1,3}(?:\\.\\d{3}){1,4},\\d{2})" + END,
                    form -> NumberNames.number(form.get("n").replace(".", "").replace(',', '.'))),
            Rule.of(MeasureRules.NUMBER + END, form -> NumberNames.number(form.get("n"))),
            Rule.of("(?<n>[-\u2212]?\\d{41,250})", form -> NumberNames.number(form.get("n"))));

    private NumberRules() {}

    private static String groups(String number) {
        var words = new StringBuilder();
        for (var group : number.split("[^\\d]+", -1)) {
            if (!group.isEmpty()) {
                words.append(words.isEmpty() ? "" : ", ").append(NumberNames.digits(group));
            }
        }
        return words.toString();
    }

    private static String dotted(String number, String dot) {
        var words = new StringBuilder();
        for (var part : number.split("\\.", -1)) {
            words.append(words.isEmpty() ? "" : dot).append(NumberNames.whole(part));
        }
        return words.toString();
    }

    private static String fraction(Rule.Form form) {
        int top = form.number("top");
        int bottom = form.number("bottom");
        return top > 0 && top < bottom && bottom <= 100 ? NumberNames.fraction(top, bottom)
                : NumberNames.whole(top) + " over " + NumberNames.whole(bottom);
    }

    private static Optional<String> mixed(Rule.Form form) {
        int top = form.number("top");
        int bottom = form.number("bottom");
        if (top == 0 || top >= bottom || bottom > 100) {
            return Optional.empty();
        }
        var part = NumberNames.fraction(top, bottom);
        boolean article = top == 1 && (bottom == 2 || bottom == 4);
        return Optional.of(NumberNames.whole(form.get("n")) + " and "
                + (article ? part.replaceFirst("^one", "a") : part));
    }
}
