package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import tools.jackson.databind.node.ObjectNode;

/** The tool that converts units. */
final class ConvertTool {

    private ConvertTool() {}

    static Tool create() {
        return Tool.of("convert_units",
                "Converts between units of length, mass, temperature, volume, speed, time, area and data.",
                ToolParameters.none()
                        .required("value", JsonType.NUMBER)
                        .required("from", JsonType.STRING, "Unit, for example: mile")
                        .required("to", JsonType.STRING, "Unit, for example: kilometer"),
                ConvertTool::call);
    }

    private static ObjectNode call(ObjectNode arguments, ToolContext context) {
        var value = Numerals.parse(ToolJson.text(arguments, "value")).orElse(null);
        if (value == null) {
            return ToolJson.error("Tell me how much to convert.");
        }
        var from = Units.find(ToolJson.text(arguments, "from")).orElse(null);
        if (from == null) {
            return unknown(ToolJson.text(arguments, "from"));
        }
        var to = Units.find(ToolJson.text(arguments, "to")).orElse(null);
        if (to == null) {
            return unknown(ToolJson.text(arguments, "to"));
        }
        if (from.kind() != to.kind()) {
            // "Ounces" of a volume are fluid ounces.
            from = fluid(from, to);
            to = fluid(to, from);
        }
        if (from.kind() != to.kind()) {
            return ToolJson.error("I cannot convert %s to %s: one is %s, the other is %s."
                    .formatted(from.plural(), to.plural(), from.kind().words(), to.kind().words()));
        }
        var converted = Units.convert(value, from, to);
        if (from.kind() == Units.Kind.TEMPERATURE && Units.belowAbsoluteZero(value, from)) {
            return ToolJson.error("Nothing can be colder than absolute zero.");
        }
        if (!Numerals.fits(converted)) {
            return ToolJson.error("That number is too large for me.");
        }
        var result = ToolJson.object()
                .put("value", Numerals.show(value))
                .put("from", from.plural())
                .put("result", Numerals.show(converted))
                .put("to", to.plural());
        return Numerals.rounded(converted) ? result.put("approximate", true) : result;
    }

    private static Units.Unit fluid(Units.Unit unit, Units.Unit other) {
        return unit.singular().equals("ounce") && other.kind() == Units.Kind.VOLUME
                ? Units.find("fluid ounce").orElse(unit)
                : unit;
    }

    private static ObjectNode unknown(String unit) {
        var name = ArgumentText.brief(unit, 40);
        return ToolJson.error(
                name.isEmpty() ? "Tell me which unit you mean." : "I do not know the unit " + name + ".");
    }
}
