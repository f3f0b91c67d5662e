package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Map;

/** Names numbers in words; the numbers are given as digits. Stateless. */
final class NumberNames {

    private static final List<String> ONES = List.of("zero", "one", "two", "three", "four", "five", "six",
            "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen");
    private static final List<String> TENS = List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty",
            "seventy", "eighty", "ninety");
    private static final List<String> SCALES = List.of("", " thousand", " million", " billion", " trillion",
            " quadrillion", " quintillion", " sextillion", " septillion", " octillion", " nonillion",
            " decillion");
    private static final Map<String, String> ORDINALS = Map.of("one", "first", "two", "second", "three",
            "third", "five", "fifth", "eight", "eighth", "nine", "ninth", "twelve", "twelfth");
    /** Maximum number of digits that are named one by one; the rest is left out. */
    private static final int MAX_DIGITS = 40;

    private NumberNames() {}

    /** Names a whole number; leading zeros, or more digits than there are names for, are named digit by digit. Commas are ignored. */
    static String whole(String number) {
        var digits = number.replace(",", "");
        if (digits.length() > 3 * SCALES.size() || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return digits(digits);
        }
        var words = new StringBuilder();
        int length = digits.length();
        for (int at = 0; at < length;) {
            int scale = (length - at - 1) / 3;
            int end = length - 3 * scale;
            int group = Integer.parseInt(digits, at, end, 10);
            if (group > 0) {
                words.append(words.isEmpty() ? "" : " ")
                        .append(belowThousand(group))
                        .append(SCALES.get(scale));
            }
            at = end;
        }
        return words.isEmpty() ? ONES.getFirst() : words.toString();
    }

    static String whole(int number) {
        return whole(String.valueOf(number));
    }

    /** Names a number that may have a sign, commas and decimals: "minus three point one four". */
    static String number(String written) {
        if (written.startsWith("-") || written.startsWith("\u2212")) {
            return "minus " + number(written.substring(1));
        }
        int dot = written.indexOf('.');
        if (dot < 0) {
            return whole(written);
        }
        var whole = dot == 0 ? ONES.getFirst() : whole(written.substring(0, dot));
        var decimals = written.substring(dot + 1);
        return decimals.isEmpty() ? whole : whole + " point " + digits(decimals);
    }

    /** Names each digit; every other character is left out. */
    static String digits(String text) {
        var words = new StringBuilder();
        text.chars()
                .filter(c -> c >= '0' && c <= '9')
                .limit(MAX_DIGITS)
                .forEach(c -> words.append(words.isEmpty() ? "" : " ").append(ONES.get(c - '0')));
        return words.toString();
    }

    static String ordinal(String digits) {
        return ordinalOf(whole(digits));
    }

    /** Turns the last word of a number into its ordinal: "twenty-three" into "twenty-third". */
    private static String ordinalOf(String words) {
        int last = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1;
        var word = words.substring(last);
        var ordinal = ORDINALS.containsKey(word) ? ORDINALS.get(word)
                : word.endsWith("y") ? word.substring(0, word.length() - 1) + "ieth" : word + "th";
        return words.substring(0, last) + ordinal;
    }

    /** Names a year of four digits: "nineteen oh five", "two thousand five", "twenty twenty-six". */
    static String year(int year) {
        int rest = year % 100;
        if (year < 1000 || year > 2999 || (year % 1000 < 10)) {
            return whole(year);
        }
        var end = rest == 0 ? " hundred" : rest < 10 ? " oh " + ONES.get(rest) : " " + belowThousand(rest);
        return belowThousand(year / 100) + end;
    }

    /** Names a fraction: "three quarters", "one half", "five over thirteen thousand". */
    static String fraction(int top, int bottom) {
        var name = bottom == 2 ? top == 1 ? "half" : "halves"
                : bottom == 4 ? top == 1 ? "quarter" : "quarters"
                        : ordinal(String.valueOf(bottom)) + (top == 1 ? "" : "s");
        return whole(top) + " " + name;
    }

    /** Returns the plural of a number's last word: "nineties", "two thousands", "eighteen hundreds". */
    static String plural(String words) {
        return words.endsWith("y") ? words.substring(0, words.length() - 1) + "ies"
                : words.endsWith("x") ? words + "es" : words + "s";
    }

    private static String belowThousand(int number) {
        int rest = number % 100;
        var below = rest < 20 ? ONES.get(rest)
                : TENS.get(rest / 10) + (rest % 10 == 0 ? "" : "-" + ONES.get(rest % 10));
        return number < 100 ? below : ONES.get(number / 100) + " hundred" + (rest == 0 ? "" : " " + below);
    }
}
