package dev.parley.assistant.mcp;

import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.voice.StreamSettings.ToolSpec;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes tools of an MCP server into tools of ours. Their work waits for the server and ends when it is interrupted. */
final class RemoteTool {

    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int LARGEST_SCHEMA = 16_000;
    private static final JsonMapper JSON = new JsonMapper();

    private RemoteTool() {}

    /** Returns the tool, unless its schema is too large for a model. */
    static Optional<Tool> of(McpServer server, McpSchema.Tool tool) {
        var schema = JSON.writeValueAsString(
                tool.inputSchema() == null ? Map.of("type", "object") : tool.inputSchema());
        var text = tool.description() == null ? tool.name() : tool.description();
        var description = text.substring(0, Math.min(text.length(), LONGEST_DESCRIPTION));
        return schema.length() > LARGEST_SCHEMA ? Optional.empty()
                : Optional.of(Tool.of(
                        new ToolSpec(ToolNames.of(server.name(), tool.name()), description, schema,
                                readOnly(tool)),
                        (arguments, context) -> call(server, tool.name(), arguments)));
    }

    private static boolean readOnly(McpSchema.Tool tool) {
        return tool.annotations() != null && Boolean.TRUE.equals(tool.annotations().readOnlyHint());
    }

    private static ObjectNode call(McpServer server, String remoteName, ObjectNode arguments) {
        var given = McpJsonDefaults.getMapper()
                .convertValue(JSON.convertValue(arguments, Map.class), new TypeRef<Map<String, Object>>() {});
        return server.call(CallToolRequest.builder(remoteName).arguments(given).build())
                .map(RemoteTool::answer)
                .orElseGet(() -> ToolJson.error("That tool cannot be reached at the moment."));
    }

    private static ObjectNode answer(CallToolResult result) {
        var text = result.content() == null ? ""
                : result.content()
                        .stream()
                        .filter(McpSchema.TextContent.class::isInstance)
                        .map(part -> ((McpSchema.TextContent) part).text())
                        .collect(Collectors.joining("\n"));
        if (Boolean.TRUE.equals(result.isError())) {
            return ToolJson.error(text.isBlank() ? "That did not work." : text);
        }
        if (result.structuredContent() instanceof Map<?, ?> map) {
            return JSON.convertValue(map, ObjectNode.class);
        }
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException plainText) {
            // most tools return plain text
        }
        return ToolJson.object().put("result", text);
    }
}
