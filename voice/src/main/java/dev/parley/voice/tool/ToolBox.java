package dev.parley.voice.tool;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tools that every conversation has, and the one way to run them that cannot fail. Safe for any thread. */
public final class ToolBox {
    /** The most characters of arguments that are read. */
    public static final int MAX_ARGUMENTS = 10_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<Tool> STANDARD = List.of(new TimeTool(), new CalculateTool(), new ConvertTool(),
            TimerTools.set(), TimerTools.list(), TimerTools.cancel(), NoteTools.remember(),
            NoteTools.recall(), NoteTools.forget());

    private ToolBox() {}

    /** Time, arithmetic, units, timers and the notepad. */
    public static List<Tool> standard() {
        return STANDARD;
    }

    /**
     * Runs the tool of that name and answers a JSON object as text. An unknown name, arguments that are not a JSON object and a tool that
     * throws are all answered with {@code {"error":"one sentence"}}.
     */
    public static String run(List<Tool> tools, String name, String argumentsJson, ToolContext context) {
        return tools.stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .map(tool -> run(tool, argumentsJson, context))
                .orElseGet(() -> Results.error("There is no such tool."))
                .toString();
    }

    private static ObjectNode run(Tool tool, String argumentsJson, ToolContext context) {
        if (argumentsJson.length() > MAX_ARGUMENTS) {
            return Results.error("That was too much text.");
        }
        try {
            var arguments = JSON.readTree(argumentsJson.isBlank() ? "{}" : argumentsJson);
            return arguments instanceof ObjectNode object ? tool.call(object, context)
                    : Results.error("The arguments are not a JSON object.");
        } catch (JacksonException e) {
            return Results.error("The arguments are not valid JSON.");
        } catch (RuntimeException e) {
            return Results.error("Something went wrong with that.");
        }
    }
}
