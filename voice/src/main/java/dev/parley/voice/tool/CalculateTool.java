package dev.parley.voice.tool;

import dev.parley.voice.StreamSettings.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/** Arithmetic. */
final class CalculateTool implements Tool {
    private static final ToolSpec SPEC = new ToolSpec("calculate",
            "Works out an arithmetic expression with + - * / % ^, parentheses, sqrt(), and percentages such as 15% of 80.",
            """
                    {"type":"object","properties":{"expression":{"type":"string","description":"For example: 17*23"}},\
                    "required":["expression"]}""");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ObjectNode call(ObjectNode arguments, ToolContext context) {
        var expression = Results.text(arguments, "expression");
        if (expression.isEmpty()) {
            return Results.error("Tell me what to work out.");
        }
        try {
            var value = Expression.evaluate(expression);
            var result = Results.object().put("expression", expression).put("result", Numerals.show(value));
            return Numerals.rounded(value) ? result.put("approximate", true) : result;
        } catch (Expression.Unanswerable e) {
            return Results.error(e.sentence());
        }
    }
}
