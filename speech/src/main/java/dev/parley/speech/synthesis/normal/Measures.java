package dev.parley.speech.synthesis.normal;

import java.util.HashMap;
import java.util.Map;

/** The symbols of units, each with its singular and plural. Stateless. */
final class Measures {

    private static final String TABLE = """
            km|kilometer
            m|meter
            cm|centimeter
            mm|millimeter
            nm|nanometer
            µm|micrometer
            mi|mile
            yd|yard
            ft|foot|feet
            kg|kilogram
            g|gram
            mg|milligram
            µg|microgram
            lb|pound
            lbs|pound
            oz|ounce
            t|ton
            l|liter
            L|liter
            ml|milliliter
            mL|milliliter
            cl|centiliter
            dl|deciliter
            gal|gallon
            fl oz|fluid ounce
            tsp|teaspoon
            tbsp|tablespoon
            s|second
            sec|second
            ms|millisecond
            µs|microsecond
            ns|nanosecond
            min|minute
            mins|minute
            h|hour
            hr|hour
            hrs|hour
            °C|degree Celsius|degrees Celsius
            °F|degree Fahrenheit|degrees Fahrenheit
            ° C|degree Celsius|degrees Celsius
            ° F|degree Fahrenheit|degrees Fahrenheit
            °|degree
            km/h|kilometer per hour|kilometers per hour
            kmh|kilometer per hour|kilometers per hour
            kph|kilometer per hour|kilometers per hour
            mph|mile per hour|miles per hour
            m/s|meter per second|meters per second
            m/s²|meter per second squared|meters per second squared
            ft/s|foot per second|feet per second
            B|byte
            kB|kilobyte
            KB|kilobyte
            MB|megabyte
            GB|gigabyte
            TB|terabyte
            PB|petabyte
            KiB|kibibyte
            MiB|mebibyte
            GiB|gibibyte
            MB/s|megabyte per second|megabytes per second
            GB/s|gigabyte per second|gigabytes per second
            kbps|kilobit per second|kilobits per second
            Mbps|megabit per second|megabits per second
            Gbps|gigabit per second|gigabits per second
            kbit/s|kilobit per second|kilobits per second
            Mbit/s|megabit per second|megabits per second
            Hz|hertz|hertz
            kHz|kilohertz|kilohertz
            MHz|megahertz|megahertz
            GHz|gigahertz|gigahertz
            W|watt
            kW|kilowatt
            MW|megawatt
            GW|gigawatt
            kWh|kilowatt hour
            V|volt
            mV|millivolt
            kV|kilovolt
            mA|milliamp
            mAh|milliamp hour
            J|joule
            kJ|kilojoule
            N|newton
            cal|calorie
            kcal|kilocalorie
            Pa|pascal
            hPa|hectopascal
            kPa|kilopascal
            psi|P S I|P S I
            dB|decibel
            px|pixel
            rpm|R P M|R P M
            fps|frame per second|frames per second
            dpi|D P I|D P I
            ppm|part per million|parts per million
            km²|square kilometer
            km2|square kilometer
            m²|square meter
            m2|square meter
            cm²|square centimeter
            mm²|square millimeter
            ft²|square foot|square feet
            sq ft|square foot|square feet
            sq m|square meter
            sq mi|square mile
            m³|cubic meter
            m3|cubic meter
            cm³|cubic centimeter
            ft³|cubic foot|cubic feet
            ha|hectare
            kg/m³|kilogram per cubic meter|kilograms per cubic meter
            g/l|gram per liter|grams per liter
            mg/dl|milligram per deciliter|milligrams per deciliter
            """;

    private record Unit(String one, String many) {}

    private static final Map<String, Unit> UNITS = new HashMap<>();

    static {
        TABLE.lines().forEach(line -> {
            var cells = line.split("\\|", -1);
            UNITS.put(cells[0], new Unit(cells[1], cells.length > 2 ? cells[2] : cells[1] + "s"));
        });
    }

    private Measures() {}

    /** Returns whether a symbol is that of a unit; upper and lower case differ. */
    static boolean knows(String symbol) {
        return UNITS.containsKey(micro(symbol));
    }

    /** Returns the name of a unit, singular or plural; an unknown symbol is returned as it is. */
    static String name(String symbol, boolean one) {
        var unit = UNITS.get(micro(symbol));
        return unit == null ? symbol : one ? unit.one() : unit.many();
    }

    /** Folds the two signs for micro (U+00B5, U+03BC) into one. */
    private static String micro(String symbol) {
        return symbol.replace('\u03bc', '\u00b5');
    }
}
