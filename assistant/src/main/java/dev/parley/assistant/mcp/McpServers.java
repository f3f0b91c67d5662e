package dev.parley.assistant.mcp;

import dev.parley.assistant.mcp.McpServer.State;
import dev.parley.assistant.tool.NetworkPolicy;
import dev.parley.assistant.tool.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The MCP servers of the configuration file, and the tools of those that are ready. Thread-safe. */
public final class McpServers implements AutoCloseable {

    private final List<McpServer> servers;

    private McpServers(List<McpServer> servers) {
        this.servers = servers;
    }

    /** The status of a server, for display. The state is starting, ready, failed or stopped. */
    public record Status(String name, String transport, String state, int restarts, List<Offer> tools) {}

    /** A tool as models see it. */
    public record Offer(String name, String description) {}

    /**
     * Starts the servers that the file lists, and returns at once.
     *
     * @param answer  timeout of a response
     * @param network the addresses at which servers may be
     * @throws dev.parley.assistant.ConfigurationException if the file is invalid
     */
    public static McpServers start(Optional<Path> config, Duration answer, NetworkPolicy network) {
        return start(config.map(McpConfig::read).orElse(List.of()), McpOptions.defaults(answer, network));
    }

    static McpServers start(List<ServerSpec> specs, McpOptions options) {
        return new McpServers(specs.stream().map(spec -> new McpServer(spec, options)).toList());
    }

    /** Returns the tools that can be called now. */
    public List<Tool> tools() {
        return servers.stream().flatMap(server -> server.tools().stream()).toList();
    }

    /** Returns the status of each server. */
    public List<Status> status() {
        return servers.stream().map(McpServers::status).toList();
    }

    private static Status status(McpServer server) {
        State state = server.state();
        return new Status(server.name(), server.transport(), state.name().toLowerCase(Locale.ROOT),
                server.restarts(),
                server.tools()
                        .stream()
                        .map(tool -> new Offer(tool.spec().name(), tool.spec().description()))
                        .toList());
    }

    /** Stops all servers and their processes at once; waits at most three seconds. */
    @Override
    public void close() {
        var closing = servers.stream().map(server -> Thread.ofVirtual().start(server::close)).toList();
        for (var one : closing) {
            try {
                one.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
