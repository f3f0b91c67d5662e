package dev.parley.assistant.standard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses and formats numbers of bounded size as digits. Stateless. */
final class Numerals {
    /** The precision of every computation. */
    static final MathContext PRECISION = new MathContext(40, RoundingMode.HALF_EVEN);

    /** The precision of every shown number. */
    static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(100);
    private static final BigDecimal WHOLE = BigDecimal.TEN.pow(30);
    private static final Pattern FORM = Pattern
            .compile("[+-]?(\\d{1,100}(\\.\\d{0,100})?|\\.\\d{1,100})([eE][+-]?\\d{1,2})?");

    private Numerals() {}

    /** Parses a decimal number; commas between digits are allowed. */
    static Optional<BigDecimal> parse(String text) {
        var plain = text.strip().replaceAll("(?<=\\d),(?=\\d{3})", "").replace('\u2212', '-');
        return FORM.matcher(plain).matches() ? Optional.of(new BigDecimal(plain)).filter(Numerals::fits)
                : Optional.empty();
    }

    static boolean fits(BigDecimal number) {
        return number.abs().compareTo(LARGEST) < 0;
    }

    /** Formats without needless zeros: whole numbers in full up to thirty digits, everything else to fifteen digits. */
    static String show(BigDecimal number) {
        var exact = number.stripTrailingZeros();
        var shown = exact.scale() <= 0 && exact.abs().compareTo(WHOLE) < 0 ? exact
                : exact.round(SHOWN).stripTrailingZeros();
        return shown.signum() != 0 && (shown.abs().compareTo(WHOLE) >= 0
                || shown.abs().compareTo(BigDecimal.ONE.movePointLeft(12)) < 0)
                        ? shown.toString().replace("E+", "E")
                        : shown.toPlainString();
    }

    /** Returns whether {@link #show} omits digits. */
    static boolean rounded(BigDecimal number) {
        return new BigDecimal(show(number)).compareTo(number) != 0;
    }
}
