package dev.parley.assistant.standard;

import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import java.math.BigDecimal;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The tool that throws coins and dice and picks numbers. Tests can set the context's {@link RandomGenerator}. */
final class RandomTool {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);
    private static final int MAX_COUNT = 10;

    private RandomTool() {}

    static Tool create() {
        return Tool.of("random_number", "Picks whole numbers at random, for example to throw dice or a coin.",
                ToolParameters.none()
                        .required("minimum", JsonType.INTEGER, "The smallest number, for example 1")
                        .required("maximum", JsonType.INTEGER, "The largest number, for example 6")
                        .optional("count", 1, MAX_COUNT, "How many numbers; default 1"),
                RandomTool::call);
    }

    private static ObjectNode call(ObjectNode arguments, ToolContext context) {
        var from = Numerals.parse(ToolJson.text(arguments, "minimum")).orElse(null);
        var to = Numerals.parse(ToolJson.text(arguments, "maximum")).orElse(null);
        if (from == null || to == null) {
            return ToolJson.error("Tell me the smallest and the largest number.");
        }
        var count = Numerals.parse(ToolJson.text(arguments, "count")).orElse(BigDecimal.ONE);
        if (count.signum() <= 0 || count.compareTo(BigDecimal.valueOf(MAX_COUNT)) > 0) {
            return ToolJson.error("I can pick up to 10 numbers at a time.");
        }
        if (from.abs().compareTo(LARGEST) > 0 || to.abs().compareTo(LARGEST) > 0) {
            return ToolJson.error("I can only pick numbers up to a billion.");
        }
        long least = Math.min(from.longValue(), to.longValue());
        long most = Math.max(from.longValue(), to.longValue());
        var random = context.value(RandomGenerator.class, RandomGenerator::getDefault);
        var result = ToolJson.object();
        var numbers = result.putArray("numbers");
        for (int i = 0; i < count.intValue(); i++) {
            numbers.add(random.nextLong(least, most + 1));
        }
        return result;
    }
}
