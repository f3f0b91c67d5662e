package dev.parley.assistant.dialogue.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Replaces the number words of a sentence by digits: "seventeen times twenty three" becomes "17 times 23". */
final class NumberWords {
    private static final Map<String, Integer> ONES = Map.ofEntries(Map.entry("zero", 0), Map.entry("one", 1),
            Map.entry("two", 2), Map.entry("three", 3), Map.entry("four", 4), Map.entry("five", 5),
            Map.entry("six", 6), Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9),
            Map.entry("ten", 10), Map.entry("eleven", 11), Map.entry("twelve", 12), Map.entry("thirteen", 13),
            Map.entry("fourteen", 14), Map.entry("fifteen", 15), Map.entry("sixteen", 16),
            Map.entry("seventeen", 17), Map.entry("eighteen", 18), Map.entry("nineteen", 19));
    private static final Map<String, Integer> TENS = Map.of("twenty", 20, "thirty", 30, "forty", 40, "fourty",
            40, "fifty", 50, "sixty", 60, "seventy", 70, "eighty", 80, "ninety", 90);
    private static final Map<String, Integer> SCALES = Map.of("thousand", 3, "million", 6, "billion", 9,
            "trillion", 12);

    private final List<String> tokens;
    private int at;

    private NumberWords(List<String> tokens) {
        this.tokens = tokens;
    }

    /** Returns the tokens with every number as digits; a comma token between two numbers keeps them apart. */
    static List<String> fold(List<String> tokens) {
        var reader = new NumberWords(tokens);
        var folded = new ArrayList<String>();
        while (reader.at < tokens.size()) {
            boolean afterNumber = !folded.isEmpty()
                    && folded.getLast().matches("[\\d.]+|\\)|that|it|percent|squared|cubed");
            folded.add(reader.next(afterNumber));
        }
        return folded;
    }

    private String next(boolean afterNumber) {
        int start = at;
        boolean negative = !afterNumber && (word(0).equals("minus") || word(0).equals("negative"));
        if (negative) {
            at++;
        }
        var value = number();
        if (value != null) {
            return (negative ? value.negate() : value).toPlainString();
        }
        at = start + 1;
        return tokens.get(start);
    }

    private @org.jspecify.annotations.Nullable BigDecimal number() {
        if (word(0).equals("point") && isDigit(word(1))) {
            return decimals("0");
        }
        boolean article = (word(0).equals("a") || word(0).equals("an"))
                && (word(1).equals("hundred") || SCALES.containsKey(word(1)));
        if (!article && !startsGroup(word(0))) {
            return null;
        }
        var total = BigDecimal.ZERO;
        int smallest = Integer.MAX_VALUE;
        while (true) {
            var group = article ? article() : group();
            article = false;
            var scale = SCALES.get(word(0));
            if (scale == null || scale >= smallest) {
                return point(total.add(group));
            }
            at++;
            smallest = scale;
            total = total.add(group.scaleByPowerOfTen(scale));
            int link = word(0).equals("and") || word(0).equals(",") ? 1 : 0;
            if (!startsGroup(word(link)) || isDigits(word(link))) {
                return point(total);
            }
            at += link;
        }
    }

    private BigDecimal article() {
        at++;
        if (word(0).equals("hundred")) {
            at++;
            return afterHundred(100);
        }
        return BigDecimal.ONE;
    }

    /** Reads a number below a thousand, a year such as "nineteen eighty four", "fifteen hundred", or digits. */
    private BigDecimal group() {
        if (isDigits(word(0))) {
            var value = new BigDecimal(tokens.get(at++));
            if (word(0).equals("hundred")) {
                at++;
                return value.movePointRight(2);
            }
            return value;
        }
        int value = belowHundred();
        if (word(0).equals("hundred") && value > 0) {
            at++;
            return afterHundred(value * 100);
        }
        int century = value;
        if (century >= 11 && century <= 20 && startsGroup(word(0)) && !isDigits(word(0))
                && ONES.getOrDefault(word(0), 10) >= 10) {
            return BigDecimal.valueOf(century * 100L + belowHundred());
        }
        return BigDecimal.valueOf(value);
    }

    private BigDecimal afterHundred(int hundreds) {
        int link = word(0).equals("and") ? 1 : 0;
        if (startsGroup(word(link)) && !isDigits(word(link))) {
            at += link;
            return BigDecimal.valueOf(hundreds + belowHundred());
        }
        return BigDecimal.valueOf(hundreds);
    }

    private int belowHundred() {
        var tens = TENS.get(word(0));
        if (tens == null) {
            return ONES.getOrDefault(tokens.get(at++), 0);
        }
        at++;
        var ones = ONES.get(word(0));
        if (ones != null && ones > 0 && ones < 10) {
            at++;
            return tens + ones;
        }
        return tens;
    }

    private BigDecimal point(BigDecimal whole) {
        boolean decimal = (word(0).equals("point") || word(0).equals("dot")) && isDigit(word(1))
                && whole.scale() <= 0;
        return decimal ? decimals(whole.toPlainString()) : whole;
    }

    private BigDecimal decimals(String whole) {
        at++;
        var digits = new StringBuilder(whole).append('.');
        while (isDigit(word(0)) && digits.length() < 40) {
            var digit = tokens.get(at++);
            digits.append(isDigits(digit) ? digit
                    : String.valueOf(digit.equals("oh") ? 0 : ONES.getOrDefault(digit, 0)));
        }
        return new BigDecimal(digits.toString());
    }

    private String word(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : "";
    }

    private static boolean startsGroup(String word) {
        return ONES.containsKey(word) || TENS.containsKey(word) || isDigits(word);
    }

    private static boolean isDigits(String word) {
        return !word.isEmpty() && word.length() <= 40 && word.matches("\\d+(\\.\\d+)?");
    }

    private static boolean isDigit(String word) {
        return word.matches("\\d{1,30}") || word.equals("oh") || ONES.getOrDefault(word, 10) < 10;
    }
}
