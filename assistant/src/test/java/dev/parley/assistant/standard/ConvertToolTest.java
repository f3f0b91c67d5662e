package dev.parley.assistant.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConvertToolTest {
    private final ToolFixture fixture = new ToolFixture();

    @ParameterizedTest
    @CsvSource({"5, miles, kilometers, 8.04672", "10, km, mile, 6.21371192237334", "1, Foot, inches, 12",
            "1, yard, ft, 3", "2, kilos, pounds, 4.40924524369755", "1, stone, lb, 14",
            "1, pound, ounces, 16", "100, Fahrenheit, Celsius, 37.7777777777778",
            "32, degrees fahrenheit, degrees celsius, 0", "100, °C, °F, 212", "-40, c, f, -40",
            "0, celsius, kelvin, 273.15", "1, gallon, pints, 8", "1, cup, milliliters, 236.5882365",
            "3, tablespoons, teaspoons, 9", "36, km/h, m/s, 10", "60, mph, kilometres per hour, 96.56064",
            "10, knots, kph, 18.52", "90, minutes, hours, 1.5", "1, day, seconds, 86400",
            "1, year, days, 365.2425", "1, acre, square feet, 43560", "1, hectare, m², 10000",
            "1, gigabyte, megabytes, 1000", "1, GiB, bytes, 1073741824", "100, megabits, megabytes, 12.5",
            "3, feet, feet, 3"})
    void converts(String value, String from, String to, String expected) {
        var result = fixture.run("convert_units",
                "{'value':" + value + ",'from':'" + from + "','to':'" + to + "'}");

        assertThat(result.path("result").asString("?")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5   | smoots | meters    | I do not know the unit smoots.
            5   | meters | bananas   | I do not know the unit bananas.
            5   | meters | kilograms | I cannot convert meters to kilograms: one is a length, the other is a weight.
            -1  | kelvin | celsius   | Nothing can be colder than absolute zero.
            ten | meters | feet      | Tell me how much to convert.
            1e99 | light years | nanometers | That number is too large for me.
            """)
    void impossibleConversionReturnsTheReason(String value, String from, String to, String sentence) {
        assertThat(fixture.error("convert_units",
                "{'value':'" + value + "','from':'" + from + "','to':'" + to + "'}")).isEqualTo(sentence);
    }

    @Test
    void asksForMissingArguments() {
        assertThat(fixture.error("convert_units", "{'value':1}")).isEqualTo("Tell me which unit you mean.");
    }

    static java.util.stream.Stream<String> units() {
        return UnitTable.lines().map(line -> line.split(";", -1)[1].strip());
    }

    @ParameterizedTest
    @MethodSource("units")
    void everyUnitIsKnownAndConvertsIntoItself(String name) {
        var unit = Units.find(name).orElseThrow();

        assertThat(Units.find(unit.plural())).contains(unit);
        assertThat(Units.convert(new java.math.BigDecimal("12.5"), unit, unit)).isEqualByComparingTo("12.5");
    }

    @Test
    void noNameMeansTwoUnits() {
        var names = UnitTable.lines()
                .flatMap(line -> java.util.Arrays.stream(line.split(";", -1))
                        .map(String::strip)
                        .filter(cell -> !cell.matches(
                                "[0-9./+]+|(?-i:length|mass|temperature|volume|speed|time|area|data)")))
                .toList();
        var repeated = names.stream()
                .filter(name -> java.util.Collections.frequency(names, name) > 1)
                .distinct();

        assertThat(repeated).containsExactly("stone");
    }
}
