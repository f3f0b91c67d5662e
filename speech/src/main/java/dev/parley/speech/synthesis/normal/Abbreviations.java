package dev.parley.speech.synthesis.normal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Abbreviations that end with a full stop: Dr., St., e.g., etc., Mon., approx. Stateless. */
public final class Abbreviations {

    private static final String TABLE = """
            mr|Mister
            mrs|Missus
            ms|Miz
            prof|Professor
            gen|General
            sen|Senator
            rep|Representative
            gov|Governor
            capt|Captain
            lt|Lieutenant
            sgt|Sergeant
            col|Colonel
            rev|Reverend
            hon|Honorable
            mt|Mount
            ft|Fort
            jr|Junior
            sr|Senior
            e.g|for example
            i.e|that is
            viz|namely
            cf|compare
            vs|versus
            approx|approximately
            ca|about
            fig|figure
            figs|figures
            vol|volume
            ch|chapter
            sec|section
            p|page
            pp|pages
            ed|edition
            eq|equation
            no|number
            nos|numbers
            tel|telephone
            ext|extension
            dept|department
            est|estimated
            min|minutes
            max|maximum
            hr|hour
            hrs|hours
            mins|minutes
            lb|pound
            lbs|pounds
            oz|ounces
            etc|et cetera
            inc|Incorporated
            ltd|Limited
            corp|Corporation
            co|Company
            ave|Avenue
            blvd|Boulevard
            rd|Road
            ln|Lane
            sq|Square
            apt|apartment
            a.k.a|also known as
            n.b|note
            mon|Monday
            tue|Tuesday
            tues|Tuesday
            wed|Wednesday
            thu|Thursday
            thur|Thursday
            thurs|Thursday
            fri|Friday
            sat|Saturday
            sun|Sunday
            jan|January
            feb|February
            mar|March
            apr|April
            jun|June
            jul|July
            aug|August
            sep|September
            sept|September
            oct|October
            nov|November
            dec|December
            """;
    /** Abbreviations only before a number, or only after one; elsewhere they are words at the end of a sentence. */
    private static final Set<String> BEFORE_NUMBER = Set.of("no", "nos", "p", "pp", "fig", "figs", "vol",
            "ch", "sec", "ext", "eq", "ca", "apt");
    private static final Set<String> AFTER_NUMBER = Set.of("min", "mins", "hr", "hrs", "lb", "lbs", "oz");
    private static final Set<String> CAPITALIZED = Set.of("gen", "sen", "rep", "gov", "capt", "lt", "sgt",
            "col", "rev", "hon", "mt", "ft", "co", "mar", "jun", "sun", "sat", "mon", "wed", "dec", "jan",
            "fri", "ed", "ave", "rd", "ln", "sq", "inc", "corp");
    /** Abbreviations that often end a sentence: a capital letter after them begins the next one. */
    private static final Set<String> MAY_END = Set.of("etc", "inc", "ltd", "corp", "co", "jr", "sr", "ave",
            "blvd", "rd", "ln", "min", "mins", "hr", "hrs", "lb", "lbs", "oz", "mon", "tue", "tues", "wed",
            "thu", "thur", "thurs", "fri", "sat", "sun");
    private static final Set<String> SMALL_WORDS = Set.of("the", "in", "on", "at", "from", "to", "near",
            "and", "for", "by", "of", "see", "visit", "ask", "hello", "hi", "dear");
    private static final Map<String, String> WORDS = new HashMap<>();

    static {
        TABLE.lines().map(line -> line.split("\\|", -1)).forEach(cells -> WORDS.put(cells[0], cells[1]));
    }

    /** Abbreviations with two meanings: Saint or Street, Doctor or Drive. */
    private static final Map<String, List<String>> BY_PLACE = Map.of("st", List.of("Saint", "Street"), "dr",
            List.of("Doctor", "Drive"));

    static final List<Rule> RULES = List.of(
            Rule.maybe("(?<word>e\\.g|i\\.e|a\\.k\\.a|n\\.b|[\\p{L}]{1,6})\\.(?![\\p{L}\\d])",
                    Abbreviations::word),
            Rule.maybe("(?<word>St|Dr|Ave|Rd|Blvd)(?= ?(?:[,;:]|$))",
                    form -> follows(form) ? Optional.of(street(form.get("word").toLowerCase(Locale.ROOT)))
                            : Optional.empty()),
            Rule.of("(?<word>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=[-\u2013](?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\b)[-\u2013]",
                    form -> WORDS.getOrDefault(form.get("word").toLowerCase(Locale.ROOT), "") + " to "),
            Rule.of("(?<word>Mon|Tue|Tues|Wed|Thu|Thurs|Fri)(?![\\p{L}\\d'\u2019])",
                    form -> WORDS.getOrDefault(form.get("word").toLowerCase(Locale.ROOT), "")),
            Rule.of("(?<word>Sat|Sun)(?=,? \\d|[.,]? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))",
                    form -> WORDS.getOrDefault(form.get("word").toLowerCase(Locale.ROOT), "")),
            Rule.of("vs(?![\\p{L}\\d])", form -> "versus"),
            Rule.of("etc(?![\\p{L}\\d])", form -> "et cetera"),
            Rule.of("w/o(?![\\p{L}\\d])", form -> "without"), Rule.of("w/(?= ?[\\p{L}])", form -> "with "),
            Rule.of("(?i:and/or)(?![\\p{L}\\d])", form -> "and or"));

    private Abbreviations() {}

    /**
     * Returns whether the full stop at {@code dot} belongs to an abbreviation, so that the sentence goes on after it although a capital or a
     * digit follows. "Dr. Who" and "No. 5" go on; "at 9 p.m. Then" and "No. I think" do not.
     */
    public static boolean goesOn(String text, int dot) {
        int start = dot;
        while (start > 0 && dot - start < 8 && isPart(text.charAt(start - 1))) {
            start--;
        }
        var word = text.substring(start, dot);
        int next = dot + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        boolean number = next < text.length() && Character.isDigit(text.charAt(next));
        if (word.matches("(?:\\p{Lu}\\.)*\\p{Lu}")) {
            // The last letter of "R-H-Y-T-H-M." is not an initial.
            return !word.equals("I") && (start == 0 || text.charAt(start - 1) != '-');
        }
        var key = word.toLowerCase(Locale.ROOT);
        if (key.equals("st") || key.equals("dr")) {
            return true;
        }
        if (!WORDS.containsKey(key) || AFTER_NUMBER.contains(key) || (MAY_END.contains(key) && !number)) {
            return false;
        }
        if (CAPITALIZED.contains(key) && !Character.isUpperCase(word.charAt(0))) {
            return false;
        }
        return number || !BEFORE_NUMBER.contains(key);
    }

    private static boolean isPart(char c) {
        return Character.isLetter(c) || c == '.';
    }

    private static Optional<String> word(Rule.Form form) {
        var written = form.get("word");
        var key = written.toLowerCase(Locale.ROOT);
        if (BY_PLACE.containsKey(key)) {
            return Optional.of((follows(form) ? street(key) : BY_PLACE.get(key).getFirst()) + stop(form));
        }
        var words = WORDS.get(key);
        if (words == null || (CAPITALIZED.contains(key) && !Character.isUpperCase(written.charAt(0)))) {
            return Optional.empty();
        }
        boolean number = form.rest().matches("(?s)\\s*\\d.*");
        if ((BEFORE_NUMBER.contains(key) && !number)
                || (AFTER_NUMBER.contains(key) && !form.wordBefore().matches("\\d+"))
                || (form.endsText() && key
                        .matches("mar|sun|sat|mon|wed|dec|jan|ed|max|mt|ft|est|rep|col|gen|rev|hon|sq"))) {
            return Optional.empty();
        }
        return Optional.of(words + stop(form));
    }

    /** Returns whether the abbreviation follows a name, as in "Main St." and "5th St.", and not a small word, as in "At St. Paul's". */
    private static boolean follows(Rule.Form form) {
        int start = form.match().start();
        var before = form.wordBefore();
        if (before.isEmpty() || start == 0 || form.text().charAt(start - 1) != ' ' || start < 2
                || ".,;:!?".indexOf(form.text().charAt(start - 2)) >= 0) {
            return false;
        }
        boolean name = (Character.isUpperCase(before.charAt(0))
                && !SMALL_WORDS.contains(before.toLowerCase(Locale.ROOT)))
                || before.matches("\\d+(?:st|nd|rd|th)");
        return name && !(form.get("word").equalsIgnoreCase("dr")
                && form.rest().matches("(?s)\\s+\\p{Lu}\\p{Ll}.*") && !before.matches("\\p{Lu}\\p{Ll}+"));
    }

    private static String street(String key) {
        var names = BY_PLACE.get(key);
        return names == null ? WORDS.getOrDefault(key, key) : names.getLast();
    }

    private static String stop(Rule.Form form) {
        return form.endsText() ? "." : "";
    }

}
