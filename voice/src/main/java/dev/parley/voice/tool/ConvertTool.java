package dev.parley.voice.tool;

import dev.parley.voice.StreamSettings.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/** Unit conversion. */
final class ConvertTool implements Tool {
    private static final ToolSpec SPEC = new ToolSpec("convert_units",
            "Converts between units of length, mass, temperature, volume, speed, time, area and data.",
            """
                    {"type":"object","properties":{"value":{"type":"number"},\
                    "from":{"type":"string","description":"Unit, for example: mile"},\
                    "to":{"type":"string","description":"Unit, for example: kilometer"}},"required":["value","from","to"]}""");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ObjectNode call(ObjectNode arguments, ToolContext context) {
        var value = Numerals.parse(Results.text(arguments, "value")).orElse(null);
        if (value == null) {
            return Results.error("Tell me how much to convert.");
        }
        var from = Units.find(Results.text(arguments, "from")).orElse(null);
        if (from == null) {
            return unknown(Results.text(arguments, "from"));
        }
        var to = Units.find(Results.text(arguments, "to")).orElse(null);
        if (to == null) {
            return unknown(Results.text(arguments, "to"));
        }
        if (from.kind() != to.kind()) {
            return Results.error("I cannot convert %s to %s: one is %s, the other is %s."
                    .formatted(from.plural(), to.plural(), from.kind().words(), to.kind().words()));
        }
        var converted = Units.convert(value, from, to);
        if (from.kind() == Units.Kind.TEMPERATURE && Units.belowAbsoluteZero(value, from)) {
            return Results.error("Nothing can be colder than absolute zero.");
        }
        if (!Numerals.fits(converted)) {
            return Results.error("That number is too large for me.");
        }
        var result = Results.object()
                .put("value", Numerals.show(value))
                .put("from", from.plural())
                .put("result", Numerals.show(converted))
                .put("to", to.plural());
        return Numerals.rounded(converted) ? result.put("approximate", true) : result;
    }

    private static ObjectNode unknown(String unit) {
        var name = Texts.brief(unit, 40);
        return Results.error(
                name.isEmpty() ? "Tell me which unit you mean." : "I do not know the unit " + name + ".");
    }
}
