package dev.parley.assistant.mcp;

import dev.parley.assistant.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the file that lists MCP servers, in the form that most MCP hosts share:
 * {@code {"mcpServers":{"files":{"command":"npx","args":["…"],"env":{}},"web":{"url":"https://…/mcp","headers":{}}}}}.
 */
final class McpConfig {

    static final int MOST = 16;
    private static final int LARGEST = 256 * 1024;

    private final Path file;

    private McpConfig(Path file) {
        this.file = file;
    }

    /** @throws ConfigurationException with a sentence that names the file and the entry, never its values */
    static List<ServerSpec> read(Path file) {
        return new McpConfig(file).servers();
    }

    private List<ServerSpec> servers() {
        var servers = root().path("mcpServers");
        if (!servers.isObject()) {
            throw wrong("needs an object \"mcpServers\"");
        }
        if (servers.size() > MOST) {
            throw wrong("names more than " + MOST + " servers");
        }
        var all = new ArrayList<ServerSpec>();
        for (var entry : servers.properties()) {
            all.add(server(entry.getKey(), entry.getValue()));
        }
        return all;
    }

    private JsonNode root() {
        try {
            if (Files.size(file) > LARGEST) {
                throw wrong("is larger than " + LARGEST + " bytes");
            }
            return new JsonMapper().readTree(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw wrong("cannot be read");
        } catch (JacksonException broken) {
            throw wrong("is not JSON, in line " + broken.getLocation().getLineNr());
        }
    }

    private ServerSpec server(String name, JsonNode entry) {
        if (!name.matches("[A-Za-z0-9-]{1,20}")) {
            throw wrong("has a server whose name is not made of 1 to 20 letters, digits and hyphens");
        }
        for (var property : entry.properties()) {
            if (!Set.of("command", "args", "env", "url", "headers", "type").contains(property.getKey())) {
                throw wrong("has an unknown entry \"" + property.getKey() + "\" for the server " + name
                        + "; known are command, args, env, url, headers");
            }
        }
        if (entry.has("url") == entry.has("command")) {
            throw wrong("needs either \"command\" or \"url\" for the server " + name);
        }
        if (entry.has("url")) {
            return new ServerSpec.Http(name, address(name, entry.path("url").asString("")),
                    texts(name, entry, "headers"));
        }
        if (entry.has("args") && !entry.path("args").isArray()) {
            throw wrong("needs a list of texts as the \"args\" of the server " + name);
        }
        var command = new ArrayList<String>();
        command.add(text(name, "command", entry.path("command")));
        for (var argument : entry.path("args")) {
            command.add(text(name, "args", argument));
        }
        return new ServerSpec.Stdio(name, command, texts(name, entry, "env"));
    }

    private URI address(String name, String text) {
        try {
            var address = URI.create(text);
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // said below
        }
        throw wrong("needs an address like https://host/mcp as the \"url\" of the server " + name);
    }

    private Map<String, String> texts(String name, JsonNode entry, String key) {
        if (entry.has(key) && !entry.path(key).isObject()) {
            throw wrong("needs an object of texts as the \"" + key + "\" of the server " + name);
        }
        var all = new LinkedHashMap<String, String>();
        for (var one : entry.path(key).properties()) {
            all.put(one.getKey(), text(name, key, one.getValue()));
        }
        return all;
    }

    private String text(String name, String key, JsonNode value) {
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw wrong("needs text in \"" + key + "\" of the server " + name);
        }
        return value.stringValue();
    }

    private ConfigurationException wrong(String what) {
        return new ConfigurationException("mcp-config: " + file + " " + what);
    }
}
