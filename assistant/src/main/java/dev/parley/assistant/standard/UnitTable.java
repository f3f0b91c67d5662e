package dev.parley.assistant.standard;

import java.util.stream.Stream;

/** The table behind {@link Units}: kind; singular; plural; size in the base unit; other names. */
final class UnitTable {
    private static final String TABLE = """
            length; meter; meters; 1; metre; metres; m
            length; kilometer; kilometers; 1000; kilometre; kilometres; km; kms; k m; klick; klicks
            length; centimeter; centimeters; 0.01; centimetre; centimetres; cm; cms; c m
            length; millimeter; millimeters; 0.001; millimetre; millimetres; mm; mms; m m
            length; micrometer; micrometers; 0.000001; micrometre; micrometres; micron; microns
            length; nanometer; nanometers; 0.000000001; nanometre; nanometres; nm
            length; mile; miles; 1609.344; mi
            length; yard; yards; 0.9144; yd; yds
            length; foot; feet; 0.3048; ft; foots
            length; inch; inches; 0.0254; in; ins
            length; nautical mile; nautical miles; 1852; nmi
            length; light year; light years; 9460730472580800; lightyear; lightyears
            length; furlong; furlongs; 201.168
            length; fathom; fathoms; 1.8288
            mass; kilogram; kilograms; 1; kilogramme; kilogrammes; kg; kgs; kilo; kilos; k g
            mass; gram; grams; 0.001; gramme; grammes; g; gs; gm
            mass; milligram; milligrams; 0.000001; mg; mgs
            mass; metric ton; metric tons; 1000; ton; tons; tonne; tonnes; metric tonne; metric tonnes; t
            mass; short ton; short tons; 907.18474; us ton; us tons
            mass; pound; pounds; 0.45359237; lb; lbs; pounds weight
            mass; ounce; ounces; 0.028349523125; oz; ozs
            mass; stone; stone; 6.35029318; stones; st
            mass; carat; carats; 0.0002
            temperature; degree Celsius; degrees Celsius; 1+273.15; celsius; centigrade; c; degrees c; degree celsius; degrees celsius; deg c
            temperature; degree Fahrenheit; degrees Fahrenheit; 5/9+459.67; fahrenheit; f; degrees f; \
            degree fahrenheit; degrees fahrenheit; deg f; farenheit; degrees farenheit
            temperature; kelvin; kelvins; 1; k; degrees kelvin
            volume; liter; liters; 1; litre; litres; l; ltr
            volume; milliliter; milliliters; 0.001; millilitre; millilitres; ml; mls; mil; mils; cc; cubic centimeter; cubic centimeters; \
            cubic centimetre; cubic centimetres
            volume; centiliter; centiliters; 0.01; centilitre; centilitres; cl
            volume; deciliter; deciliters; 0.1; decilitre; decilitres; dl
            volume; cubic meter; cubic meters; 1000; cubic metre; cubic metres; m3
            volume; cubic foot; cubic feet; 28.316846592
            volume; cubic inch; cubic inches; 0.016387064
            volume; gallon; gallons; 3.785411784; gal; us gallon; us gallons; american gallon; american gallons
            volume; imperial gallon; imperial gallons; 4.54609; uk gallon; uk gallons; british gallon; british gallons
            volume; quart; quarts; 0.946352946; qt
            volume; pint; pints; 0.473176473; pt; us pint; us pints; american pint; american pints
            volume; imperial pint; imperial pints; 0.56826125; uk pint; uk pints; british pint; british pints
            volume; cup; cups; 0.2365882365
            volume; fluid ounce; fluid ounces; 0.0295735295625; fl oz; floz
            volume; tablespoon; tablespoons; 0.01478676478125; tbsp; tbs
            volume; teaspoon; teaspoons; 0.00492892159375; tsp
            volume; barrel; barrels; 158.987294928
            speed; meter per second; meters per second; 1; metre per second; metres per second; m/s; mps; meters a second; metres a second
            speed; kilometer per hour; kilometers per hour; 1/3.6; kilometre per hour; kilometres per hour; kilometers an hour; \
            kilometres an hour; km/h; kmh; kph; kmph; k p h; km per hour; km an hour
            speed; mile per hour; miles per hour; 0.44704; miles an hour; mph; m p h; mi/h
            speed; knot; knots; 1852/3600; kt; kts
            speed; foot per second; feet per second; 0.3048; ft/s; fps; feet a second
            time; second; seconds; 1; sec; secs; s
            time; millisecond; milliseconds; 0.001; ms
            time; minute; minutes; 60; min; mins
            time; hour; hours; 3600; hr; hrs; h
            time; day; days; 86400
            time; week; weeks; 604800; wk; wks
            time; fortnight; fortnights; 1209600
            time; month; months; 2629746
            time; year; years; 31556952; yr; yrs
            time; decade; decades; 315569520
            time; century; centuries; 3155695200
            area; square meter; square meters; 1; square metre; square metres; sq m; m2; sqm
            area; square kilometer; square kilometers; 1000000; square kilometre; square kilometres; sq km; km2
            area; square centimeter; square centimeters; 0.0001; square centimetre; square centimetres; sq cm; cm2
            area; square mile; square miles; 2589988.110336; sq mi
            area; square yard; square yards; 0.83612736
            area; square foot; square feet; 0.09290304; sq ft; sqft
            area; square inch; square inches; 0.00064516; sq in
            area; acre; acres; 4046.8564224
            area; hectare; hectares; 10000; ha
            data; byte; bytes; 1; b
            data; bit; bits; 1/8
            data; kilobyte; kilobytes; 1000; kb
            data; megabyte; megabytes; 1000000; mb; meg; megs
            data; gigabyte; gigabytes; 1000000000; gb; gig; gigs
            data; terabyte; terabytes; 1000000000000; tb
            data; petabyte; petabytes; 1000000000000000; pb
            data; kibibyte; kibibytes; 1024; kib
            data; mebibyte; mebibytes; 1048576; mib
            data; gibibyte; gibibytes; 1073741824; gib
            data; tebibyte; tebibytes; 1099511627776; tib
            data; kilobit; kilobits; 125; kbit
            data; megabit; megabits; 125000; mbit
            data; gigabit; gigabits; 125000000; gbit
            """;

    private UnitTable() {}

    static Stream<String> lines() {
        return TABLE.lines();
    }
}
