package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Optional;

/** Times of day: 10:30 am, 15:05, 7 pm, 9–5 pm. */
final class ClockRules {

    private static final String HALF = "(?: ?(?<half>[ap](?:\\.m\\.|m)|[AP](?:\\.M\\.|M))(?![\\p{L}\\d]))";
    private static final String TO = " ?[-\u2013\u2014] ?";
    private static final String CLOCK = "(?<h>[01]?\\d|2[0-4]):(?<m>[0-5]\\d)(?::(?<s>[0-5]\\d))?(?![\\d:]|\\.\\d)";

    static final List<Rule> RULES = List.of(
            Rule.of(CLOCK + "(?=" + TO + "\\d)" + TO, form -> time(form) + " to "),
            Rule.of(CLOCK + HALF + "?", ClockRules::time),
            Rule.of("(?<h>1[0-2]|0?[1-9])" + HALF + "(?=" + TO + "\\d)" + TO, form -> hour(form) + " to "),
            Rule.maybe("(?<h>1[0-2]|0?[1-9])" + HALF, form -> Optional.of(hour(form) + stop(form))),
            Rule.of("(?<h>1[0-2]|[1-9])(?=" + TO + "(?:1[0-2]|[1-9])(?::[0-5]\\d)? ?[apAP]\\.?[mM]\\b)" + TO,
                    form -> NumberNames.whole(form.number("h")) + " to "),
            Rule.of("(?<a>[ap])\\.(?<m>m)\\.(?![\\p{L}\\d])", form -> half(form.get("a")) + stop(form)));

    private ClockRules() {}

    /** Names hour and minute; without "am" or "pm" the hours from 13 on are named as "P M". */
    static String clock(int hour, int minute) {
        if (hour % 24 == 0 && minute == 0) {
            return "midnight";
        }
        boolean late = hour >= 13;
        var words = NumberNames.whole(hour % 12 == 0 ? 12 : hour % 12);
        var half = late ? " P M" : hour == 0 ? " A M" : "";
        return words + past(minute, half.isEmpty()) + half;
    }

    private static String time(Rule.Form form) {
        int hour = form.number("h");
        int minute = form.number("m");
        var half = halfOf(form);
        var seconds = form.has("s") && form.number("s") > 0 ? " and " + NumberNames.whole(form.number("s"))
                + (form.number("s") == 1 ? " second" : " seconds") : "";
        if (half.isEmpty() || hour == 0 || hour > 12) {
            return clock(hour, minute) + seconds + stop(form);
        }
        if (hour == 12 && minute == 0 && seconds.isEmpty()) {
            return (half.equals("P M") ? "noon" : "midnight") + stop(form);
        }
        return NumberNames.whole(hour) + past(minute, false) + seconds + " " + half + stop(form);
    }

    private static String hour(Rule.Form form) {
        return NumberNames.whole(form.number("h")) + " " + halfOf(form);
    }

    private static String past(int minute, boolean alone) {
        return minute == 0 ? alone ? " o'clock" : ""
                : minute < 10 ? " oh " + NumberNames.whole(minute) : " " + NumberNames.whole(minute);
    }

    private static String halfOf(Rule.Form form) {
        boolean has = form.match().namedGroups().containsKey("half") && form.has("half");
        return has ? half(form.get("half")) : "";
    }

    private static String half(String written) {
        return Character.toUpperCase(written.charAt(0)) + " M";
    }

    /** Returns the full stop that ends both an abbreviation and the text. */
    private static String stop(Rule.Form form) {
        return form.all().endsWith(".") && form.endsText() ? "." : "";
    }
}
