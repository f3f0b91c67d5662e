package dev.parley.assistant.mcp;

import dev.parley.assistant.tool.Tool;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MCP server, supervised by a thread of its own: it is started, asked for its tools, and restarted when it dies or does not respond, with
 * growing pauses and a limited number of times. Thread-safe. At most {@value #MOST_TOOLS} tools.
 */
final class McpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);
    private static final int MOST_TOOLS = 64;
    private static final int MOST_SILENCES = 2;

    /** The state of a server. */
    enum State {
        STARTING,
        READY,
        FAILED,
        STOPPED
    }

    /** One run of the server, from its start to its loss. The end of its process may be noticed when the next one has begun. */
    private static final class Run {
        /** Holds one permit for each reason to end the run. */
        private final Semaphore trouble = new Semaphore(0);
        private volatile @Nullable McpSyncClient client;

        /** Handles the end of the process: nothing may wait for its responses. */
        void lost() {
            trouble.release();
            close(client);
        }
    }

    private final ServerSpec spec;
    private final McpOptions options;
    private final Thread supervisor;
    private final AtomicInteger silences = new AtomicInteger();
    private volatile State state = State.STARTING;
    private volatile List<Tool> tools = List.of();
    private volatile Run current = new Run();
    private volatile @Nullable StdioTransport process;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile boolean closed;

    McpServer(ServerSpec spec, McpOptions options) {
        this.spec = spec;
        this.options = options;
        this.supervisor = Thread.ofPlatform().daemon().name("mcp-" + spec.name()).start(this::supervise);
    }

    String name() {
        return spec.name();
    }

    String transport() {
        return switch (spec) {
            case ServerSpec.Stdio stdio -> "stdio";
            case ServerSpec.Http http -> "http";
        };
    }

    State state() {
        return state;
    }

    int restarts() {
        return restarts.get();
    }

    /** Returns its tools; none while it is not ready. */
    List<Tool> tools() {
        return state == State.READY ? tools : List.of();
    }

    /** Calls a tool and waits. Returns nothing if the server does not respond. */
    Optional<CallToolResult> call(CallToolRequest request) {
        var run = current;
        var now = run.client;
        if (now == null || state != State.READY) {
            return Optional.empty();
        }
        try {
            var result = now.callTool(request);
            silences.set(0);
            return Optional.of(result);
        } catch (McpError refused) {
            silences.set(0);
            return Optional.of(
                    CallToolResult.builder().addTextContent("The tool refused that.").isError(true).build());
        } catch (RuntimeException noAnswer) {
            LOG.atWarn()
                    .addKeyValue("server", name())
                    .addKeyValue("error", noAnswer.getClass().getSimpleName())
                    .log("an MCP tool gave no answer");
            if (silences.incrementAndGet() >= MOST_SILENCES) {
                run.trouble.release();
            }
            return Optional.empty();
        }
    }

    private void supervise() {
        int inARow = 0;
        try {
            while (!closed && inARow <= options.restarts()) {
                if (inARow > 0) {
                    TimeUnit.NANOSECONDS.sleep(options.pause(inARow - 1).toNanos());
                    restarts.incrementAndGet();
                }
                long began = System.nanoTime();
                run();
                boolean healthy = System.nanoTime() - began > options.healthy().toNanos();
                inARow = healthy ? 1 : inARow + 1;
            }
        } catch (InterruptedException stopped) {
            // closed
        } finally {
            release();
            state = closed ? State.STOPPED : State.FAILED;
            if (!closed) {
                LOG.atError()
                        .addKeyValue("server", name())
                        .log("an MCP server is given up; it failed too often");
            }
        }
    }

    /** Runs the server from its start to its loss. */
    private void run() throws InterruptedException {
        state = State.STARTING;
        var run = new Run();
        current = run;
        silences.set(0);
        try {
            var transport = transportFor(run);
            if (transport == null) {
                return;
            }
            var fresh = McpClient.sync(transport)
                    .requestTimeout(options.answer())
                    .initializationTimeout(options.answer().multipliedBy(2))
                    .clientInfo(Implementation.builder("parley", "0.1").build())
                    .build();
            run.client = fresh;
            fresh.initialize();
            tools = fresh.listTools()
                    .tools()
                    .stream()
                    .limit(MOST_TOOLS)
                    .flatMap(tool -> RemoteTool.of(this, tool).stream())
                    .toList();
            state = State.READY;
            LOG.atInfo()
                    .addKeyValue("server", name())
                    .addKeyValue("tools", tools.size())
                    .log("an MCP server is ready");
            watch(run, fresh);
        } catch (RuntimeException failed) {
            LOG.atWarn()
                    .addKeyValue("server", name())
                    .addKeyValue("error", failed.getClass().getSimpleName())
                    .log("an MCP server could not be reached");
        } finally {
            state = State.STARTING;
            release();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void watch(Run run, McpSyncClient healthy) throws InterruptedException {
        while (!run.trouble.tryAcquire(options.ping().toNanos(), TimeUnit.NANOSECONDS)) {
            healthy.ping();
        }
        LOG.atWarn().addKeyValue("server", name()).log("an MCP server was lost");
    }

    private @Nullable McpClientTransport transportFor(Run run) {
        return switch (spec) {
            case ServerSpec.Stdio stdio -> {
                start(stdio, run);
                yield process;
            }
            case ServerSpec.Http http -> {
                var request = HttpRequest.newBuilder();
                http.headers().forEach(request::header);
                yield HttpClientStreamableHttpTransport.builder(base(http.address()))
                        .endpoint(
                                http.address().getRawPath().isEmpty() ? "/mcp" : http.address().getRawPath())
                        .requestBuilder(request)
                        .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
                        .addHttpRequestCustomizer(
                                (builder, method, endpoint, body, context) -> reachable(endpoint))
                        .connectTimeout(Duration.ofSeconds(5))
                        .maxResponseSize(StdioTransport.LARGEST)
                        .build();
            }
        };
    }

    /** Refuses a request to an address that may not be reached. */
    private void reachable(URI endpoint) {
        try {
            options.network().require(endpoint);
        } catch (IOException forbidden) {
            LOG.atWarn()
                    .addKeyValue("server", name())
                    .log("an MCP server cannot be asked: {}", forbidden.getMessage());
            throw new UncheckedIOException(forbidden);
        }
    }

    private void start(ServerSpec.Stdio stdio, Run run) {
        try {
            process = new StdioTransport(stdio, McpJsonDefaults.getMapper(), run::lost);
        } catch (UncheckedIOException notStarted) {
            LOG.atWarn()
                    .addKeyValue("server", name())
                    .log("the program of an MCP server cannot be started: is its command installed, and on the PATH?");
        }
    }

    private static void close(@Nullable McpSyncClient old) {
        if (old == null) {
            return;
        }
        try {
            old.close();
        } catch (RuntimeException alreadyGone) {
            LOG.debug("an MCP client did not close");
        }
    }

    private static String base(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private void release() {
        var run = current;
        var old = run.client;
        run.client = null;
        close(old);
        var running = process;
        process = null;
        if (running != null) {
            running.stop();
        }
    }

    /** Stops the server for good; waits at most three seconds. */
    @Override
    public void close() {
        closed = true;
        supervisor.interrupt();
        try {
            supervisor.join(Duration.ofSeconds(3));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
