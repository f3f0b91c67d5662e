package dev.parley.app.mcp;

import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.tool.Results;
import dev.parley.voice.tool.Tool;
import dev.parley.voice.tool.ToolContext;
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

/** A server's tool as one of ours. Waits for the server; ends when it is interrupted. */
final class RemoteTool implements Tool {

    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int LARGEST_SCHEMA = 16_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final McpServer server;
    private final String remoteName;
    private final ToolSpec spec;

    private RemoteTool(McpServer server, String remoteName, ToolSpec spec) {
        this.server = server;
        this.remoteName = remoteName;
        this.spec = spec;
    }

    /** The tool, unless its schema is too large to be shown to a model. */
    static Optional<RemoteTool> of(McpServer server, McpSchema.Tool tool) {
        var schema = JSON.writeValueAsString(
                tool.inputSchema() == null ? Map.of("type", "object") : tool.inputSchema());
        var text = tool.description() == null ? tool.name() : tool.description();
        var description = text.substring(0, Math.min(text.length(), LONGEST_DESCRIPTION));
        return schema.length() > LARGEST_SCHEMA ? Optional.empty()
                : Optional.of(new RemoteTool(server, tool.name(),
                        new ToolSpec(ToolNames.of(server.name(), tool.name()), description, schema)));
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public ObjectNode call(ObjectNode arguments, ToolContext context) {
        var given = McpJsonDefaults.getMapper()
                .convertValue(JSON.convertValue(arguments, Map.class), new TypeRef<Map<String, Object>>() {});
        return server.call(CallToolRequest.builder(remoteName).arguments(given).build())
                .map(RemoteTool::answer)
                .orElseGet(() -> Results.error("That tool cannot be reached at the moment."));
    }

    private static ObjectNode answer(CallToolResult result) {
        var text = result.content() == null ? ""
                : result.content()
                        .stream()
                        .filter(McpSchema.TextContent.class::isInstance)
                        .map(part -> ((McpSchema.TextContent) part).text())
                        .collect(Collectors.joining("\n"));
        if (Boolean.TRUE.equals(result.isError())) {
            return Results.error(text.isBlank() ? "That did not work." : text);
        }
        if (result.structuredContent() instanceof Map<?, ?> map) {
            return JSON.convertValue(map, ObjectNode.class);
        }
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException plainText) {
            // as most tools answer
        }
        return Results.object().put("result", text);
    }
}
