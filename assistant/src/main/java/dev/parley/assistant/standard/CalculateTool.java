package dev.parley.assistant.standard;

import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import tools.jackson.databind.node.ObjectNode;

/** The tool that evaluates arithmetic expressions. */
final class CalculateTool {

    private CalculateTool() {}

    static Tool create() {
        return Tool.of("calculate",
                "Works out an arithmetic expression with + - * / % ^, parentheses, sqrt(), and percentages such as 15% of 80.",
                ToolParameters.none().required("expression", JsonType.STRING, "For example: 17*23"),
                CalculateTool::call);
    }

    private static ObjectNode call(ObjectNode arguments, ToolContext context) {
        var expression = ToolJson.text(arguments, "expression");
        if (expression.isEmpty()) {
            return ToolJson.error("Tell me what to work out.");
        }
        try {
            var value = Expression.evaluate(expression);
            var result = ToolJson.object().put("expression", expression).put("result", Numerals.show(value));
            return Numerals.rounded(value) ? result.put("approximate", true) : result;
        } catch (Expression.Unanswerable e) {
            return ToolJson.error(e.sentence());
        }
    }
}
