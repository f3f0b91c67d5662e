package dev.parley.assistant.standard;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Evaluates one arithmetic expression: {@code + - * / % ^}, parentheses, {@code sqrt(…)}, and percentages.
 *
 * <p>
 * {@code %} after an operand means percent unless another operand follows it, when it means the remainder. {@code 15% of 80} is 12, and
 * {@code 200 + 10%} is 220, as on a pocket calculator. {@code ^} binds tightest and from the right. Bounded: {@value #MAX_LENGTH}
 * characters, {@value #MAX_DEPTH} levels, numbers below 10^100, forty digits.
 */
final class Expression {
    static final int MAX_LENGTH = 300;
    static final int MAX_DEPTH = 40;

    /** Thrown for an expression without a value. The message is a sentence for the user. */
    static final class Unanswerable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String sentence;

        Unanswerable(String sentence) {
            super(sentence, null, false, false);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /** A value, and whether it was written as a percentage and nothing else. */
    private record Term(BigDecimal value, boolean percent) {}

    private final String text;
    private int at;
    private int depth;

    private Expression(String text) {
        this.text = text;
    }

    /** Returns the value; throws {@link Unanswerable} for an expression without one. */
    static BigDecimal evaluate(String source) {
        if (source.length() > MAX_LENGTH) {
            throw new Unanswerable("That sum is too long for me.");
        }
        var text = source.replace('\u00d7', '*')
                .replace('\u00f7', '/')
                .replace('\u2212', '-')
                .replace("**", "^")
                .replaceAll("(?<=\\d),(?=\\d{3})", "")
                .replaceAll("(?<=[\\d)% ])[xX](?=[\\d( ])", "*");
        var parser = new Expression(text);
        try {
            var value = parser.sum().value();
            if (parser.peek() != 0) {
                throw parser.unreadable();
            }
            return value;
        } catch (ArithmeticException e) {
            throw new Unanswerable("That number is too large for me.");
        }
    }

    private Term sum() {
        if (++depth > MAX_DEPTH) {
            throw new Unanswerable("That sum is nested too deeply for me.");
        }
        var left = product();
        while (peek() == '+' || peek() == '-') {
            boolean plus = take() == '+';
            var right = product();
            var change = right.percent() && !left.percent() ? left.value().multiply(right.value())
                    : right.value();
            left = term(plus ? left.value().add(change) : left.value().subtract(change),
                    left.percent() && right.percent());
        }
        depth--;
        return left;
    }

    private Term product() {
        var left = signed();
        while (true) {
            char next = peek();
            if (next == '*' || next == '/') {
                take();
                left = term(next == '*' ? left.value().multiply(signed().value())
                        : divide(left.value(), signed().value()), false);
            } else if (next == '%') {
                take();
                left = term(remainder(left.value(), signed().value()), false);
            } else if (word("of")) {
                left = term(left.value().multiply(signed().value()), false);
            } else {
                return left;
            }
        }
    }

    private Term signed() {
        if (peek() == '-' || peek() == '+') {
            if (++depth > MAX_DEPTH) {
                throw unreadable();
            }
            boolean minus = take() == '-';
            var operand = signed();
            depth--;
            return minus ? new Term(operand.value().negate(), operand.percent()) : operand;
        }
        return power();
    }

    private Term power() {
        var base = percentage(operand());
        if (peek() == '^') {
            take();
            return term(Powers.raise(base.value(), signed().value()), false);
        }
        return base;
    }

    /** Reads the percent signs after an operand, leaving a {@code %} that means the remainder. */
    private Term percentage(Term operand) {
        var value = operand;
        while (peek() == '%') {
            int before = at;
            take();
            char next = peek();
            if (Character.isDigit(next) || next == '.' || next == '(' || text.startsWith("sqrt", at)) {
                at = before;
                return value;
            }
            value = new Term(value.value().movePointLeft(2), true);
        }
        return value;
    }

    private Term operand() {
        if (peek() == '(') {
            take();
            var inner = sum();
            if (peek() != ')') {
                throw unreadable();
            }
            take();
            return new Term(inner.value(), false);
        }
        if (word("sqrt")) {
            if (++depth > MAX_DEPTH) {
                throw unreadable();
            }
            var inner = operand().value();
            depth--;
            if (inner.signum() < 0) {
                throw new Unanswerable("A negative number has no square root that I can give you.");
            }
            return term(inner.sqrt(Numerals.PRECISION), false);
        }
        return number();
    }

    private Term number() {
        peek();
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at + 1 < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')
                && Character.isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
        }
        return term(Numerals.parse(text.substring(start, at)).orElseThrow(this::unreadable), false);
    }

    private static Term term(BigDecimal value, boolean percent) {
        var rounded = value.round(exactWhole(value) ? new java.math.MathContext(101) : Numerals.PRECISION);
        if (!Numerals.fits(rounded)) {
            throw new Unanswerable("That number is too large for me.");
        }
        return new Term(rounded.scale() > 200 ? BigDecimal.ZERO : rounded, percent);
    }

    private static boolean exactWhole(BigDecimal value) {
        return value.scale() <= 0 && value.precision() <= 101;
    }

    private static BigDecimal divide(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw new Unanswerable("Nothing can be divided by zero.");
        }
        return left.divide(right, Numerals.PRECISION);
    }

    private static BigDecimal remainder(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw new Unanswerable("Nothing can be divided by zero.");
        }
        return left.remainder(right);
    }

    /** Returns the next character that is no space, or 0 at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char take() {
        return text.charAt(at++);
    }

    private boolean word(String word) {
        peek();
        if (text.regionMatches(true, at, word, 0, word.length())) {
            at += word.length();
            return true;
        }
        return false;
    }

    private Unanswerable unreadable() {
        return new Unanswerable("I could not read that sum.");
    }

    /** Computes a power of bounded size. */
    private static final class Powers {
        private static final BigInteger MAX_EXPONENT = BigInteger.valueOf(1000);

        static BigDecimal raise(BigDecimal base, BigDecimal exponent) {
            if (base.signum() == 0 && exponent.signum() < 0) {
                throw new Unanswerable("Nothing can be divided by zero.");
            }
            if (exponent.stripTrailingZeros().scale() <= 0
                    && exponent.toBigInteger().abs().compareTo(MAX_EXPONENT) <= 0) {
                int whole = exponent.intValueExact();
                boolean small = whole >= 0 && (double) whole * base.precision() <= 110;
                return small ? base.pow(whole) : base.pow(whole, Numerals.PRECISION);
            }
            double value = Math.pow(base.doubleValue(), exponent.doubleValue());
            if (Double.isNaN(value)) {
                throw new Unanswerable("That power has no answer that I can give you.");
            }
            if (Double.isInfinite(value)) {
                throw new Unanswerable("That number is too large for me.");
            }
            return new BigDecimal(value).round(Numerals.SHOWN);
        }
    }
}
