package dev.parley.assistant.tool;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs tools by name and always returns a result. Threads and deadlines are the caller's. Stateless; any thread. */
public final class ToolRunner {

    /** Maximum length of the arguments, in characters. Longer ones return an error. */
    public static final int MAX_ARGUMENTS = 10_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ToolRunner() {}

    /**
     * Runs the tool of that name and returns a JSON object as text. An unknown name, arguments that are not a JSON object and a tool that
     * throws return {@code {"error":"one sentence"}}.
     */
    public static String run(List<Tool> tools, String name, String argumentsJson, ToolContext context) {
        return tools.stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .map(tool -> run(tool, argumentsJson, context))
                .orElseGet(() -> ToolJson.error("There is no such tool."))
                .toString();
    }

    private static ObjectNode run(Tool tool, String argumentsJson, ToolContext context) {
        if (argumentsJson.length() > MAX_ARGUMENTS) {
            return ToolJson.error("That was too much text.");
        }
        try {
            var arguments = JSON.readTree(argumentsJson.isBlank() ? "{}" : argumentsJson);
            return arguments instanceof ObjectNode object ? tool.call(object, context)
                    : ToolJson.error("The arguments are not a JSON object.");
        } catch (JacksonException e) {
            return ToolJson.error("The arguments are not valid JSON.");
        } catch (RuntimeException e) {
            return ToolJson.error("Something went wrong with that.");
        }
    }
}
