package dev.parley.assistant.standard;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The units that can be converted, by the names people use for them. The conversion tool uses it, and the dialogue, to recognise the units in
 * a sentence. Thread-safe.
 */
public final class Units {

    /** The quantity that a unit measures; only units of one kind convert into one another. */
    public enum Kind {
        LENGTH("a length"),
        MASS("a weight"),
        TEMPERATURE("a temperature"),
        VOLUME("a volume"),
        SPEED("a speed"),
        TIME("a time"),
        AREA("an area"),
        DATA("an amount of data");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns the kind with its article, for a sentence. */
        public String words() {
            return words;
        }
    }

    /**
     * A unit: {@code base = (value + offset) * factor / divisor}, where the base is meter, kilogram, kelvin, liter, meter per second,
     * second, square meter or byte.
     */
    public record Unit(Kind kind, String singular, String plural, BigDecimal factor, BigDecimal divisor,
            BigDecimal offset) {}

    private static final Map<String, Unit> BY_NAME = new HashMap<>();

    static {
        UnitTable.lines().forEach(Units::read);
    }

    private Units() {}

    /** Returns the unit of that name: singular, plural, British or American spelling, or symbol. Case is ignored. */
    public static Optional<Unit> find(String name) {
        var key = key(name);
        var found = BY_NAME.get(key);
        if (found == null && key.startsWith("degrees ")) {
            found = BY_NAME.get(key.substring(8));
        }
        if (found == null && key.startsWith("degree ")) {
            found = BY_NAME.get(key.substring(7));
        }
        return Optional.ofNullable(found);
    }

    static BigDecimal convert(BigDecimal value, Unit from, Unit to) {
        if (from.equals(to)) {
            return value;
        }
        // Everything is multiplied first and divided once, so that 9 feet are exactly 3 yards.
        return value.add(from.offset())
                .multiply(from.factor())
                .multiply(to.divisor())
                .divide(to.factor().multiply(from.divisor()), Numerals.PRECISION)
                .subtract(to.offset());
    }

    static boolean belowAbsoluteZero(BigDecimal value, Unit temperature) {
        var kelvin = BY_NAME.get("kelvin");
        return kelvin != null && convert(value, temperature, kelvin).signum() < 0;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("\u00b0", "degrees ")
                .replace("\u00b2", "2")
                .replace("\u00b3", "3")
                .replace('-', ' ')
                .replaceAll("[.']", "")
                .replaceAll(" +", " ")
                .strip();
    }

    /** Reads a line: kind; singular; plural; factor[/divisor][+offset]; other names… */
    private static void read(String line) {
        var cells = List.of(line.split(";", -1)).stream().map(String::strip).toList();
        var offset = cells.get(3).split("\\+", 2);
        var ratio = offset[0].split("/", 2);
        var unit = new Unit(Kind.valueOf(cells.get(0).toUpperCase(Locale.ROOT)), cells.get(1), cells.get(2),
                new BigDecimal(ratio[0]), ratio.length > 1 ? new BigDecimal(ratio[1]) : BigDecimal.ONE,
                offset.length > 1 ? new BigDecimal(offset[1]) : BigDecimal.ZERO);
        BY_NAME.put(unit.singular(), unit);
        BY_NAME.put(unit.plural(), unit);
        cells.subList(4, cells.size()).forEach(name -> BY_NAME.put(name, unit));
    }
}
