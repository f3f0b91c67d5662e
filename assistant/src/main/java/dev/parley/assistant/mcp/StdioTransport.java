package dev.parley.assistant.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The transport to a server that is a process: one JSON message a line. It replaces the SDK's because it owns the process: it notices its end,
 * stops it with all its children, passes on only the environment it needs, and writes no message to a log.
 *
 * <p>
 * A line is at most {@link #LARGEST} bytes; a server that sends a longer one is stopped. At most {@value #QUEUE} messages wait for a server that
 * does not read. Thread-safe.
 */
final class StdioTransport implements McpClientTransport {

    static final int LARGEST = 4_000_000;
    private static final int QUEUE = 64;
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ",
            "TMPDIR", "SHELL", "TERM");

    private final String name;
    private final McpJsonMapper json;
    private final Runnable lost;
    private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(QUEUE);
    private final Process process;

    /**
     * Starts the process.
     *
     * @param lost called once the process has ended, for whatever reason
     * @throws UncheckedIOException if it cannot be started; thrown here, since the SDK would wait for its response all the same
     */
    StdioTransport(ServerSpec.Stdio spec, McpJsonMapper json, Runnable lost) {
        this.name = spec.name();
        this.json = json;
        this.lost = lost;
        var builder = new ProcessBuilder(spec.command()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().putAll(spec.environment());
        try {
            this.process = builder.start();
        } catch (IOException notFound) {
            throw new UncheckedIOException("the program cannot be started", notFound);
        }
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> {
            Thread.ofPlatform().daemon().name("mcp-read-" + name).start(() -> read(process, handler));
            Thread.ofPlatform().daemon().name("mcp-write-" + name).start(() -> write(process));
        });
    }

    private void read(Process from, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        try (var in = new BufferedInputStream(from.getInputStream(), 64 * 1024)) {
            for (var line = line(in); line != null; line = line(in)) {
                if (!line.isBlank()) {
                    var unused = handler.apply(Mono.just(McpSchema.deserializeJsonRpcMessage(json, line)))
                            .onErrorComplete()
                            .subscribe();
                }
            }
        } catch (IOException | RuntimeException broken) {
            // Whatever the cause, the messages of this server cannot be read any more.
        } finally {
            end(from);
            lost.run();
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() >= LARGEST) {
                throw new IOException("a line is too long");
            }
            line.write(next);
        }
        return null;
    }

    private void write(Process to) {
        try (var out = to.getOutputStream()) {
            while (to.isAlive()) {
                byte[] message = outgoing.poll(1, TimeUnit.SECONDS);
                if (message != null) {
                    out.write(message);
                    out.write('\n');
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException gone) {
            end(to);
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            try {
                if (!outgoing.offer(json.writeValueAsString(message).getBytes(StandardCharsets.UTF_8))) {
                    throw new IllegalStateException("the server does not read");
                }
            } catch (IOException impossible) {
                throw new IllegalStateException("the message cannot be written");
            }
        });
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.<Void>fromRunnable(this::stop).subscribeOn(Schedulers.boundedElastic());
    }

    /** Stops the process and its children, after a second by force, and waits for that. */
    void stop() {
        end(process);
    }

    private static void end(Process gone) {
        var all = gone.descendants().toList();
        try {
            gone.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // it has gone by itself
        }
        gone.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!gone.waitFor(1, TimeUnit.SECONDS) || all.stream().anyMatch(ProcessHandle::isAlive)) {
                gone.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException hurried) {
            gone.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }
}
