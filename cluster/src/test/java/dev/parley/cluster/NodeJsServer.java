package dev.parley.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reference server under node with one of its published adapters, which does what a test tells it. Ends when its standard input does. */
final class NodeJsServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path HOME = Path.of("target/node");

    private final Process process;
    private final URI url;
    private final Writer input;
    private final BlockingQueue<JsonNode> news = new LinkedBlockingQueue<>();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    private NodeJsServer(Process process, BufferedReader output) throws IOException {
        this.process = process;
        String port = output.readLine();
        if (port == null) {
            throw new IOException("the reference server did not start");
        }
        this.url = URI.create("http://127.0.0.1:" + port);
        this.input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(this::line));
    }

    static NodeJsServer start(String redisUrl, String adapter) throws IOException, InterruptedException {
        return start(redisUrl, adapter, "");
    }

    /** @param recovery {@code recovery} if lost clients are recovered */
    static NodeJsServer start(String redisUrl, String adapter, String recovery)
            throws IOException, InterruptedException {
        install();
        var process = new ProcessBuilder("node", "server.mjs", redisUrl, adapter, recovery)
                .directory(HOME.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new NodeJsServer(process,
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    URI url() {
        return url;
    }

    /** The next event from another server's application, as an array. */
    JsonNode news() throws InterruptedException {
        var next = news.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("no news came");
        }
        return next;
    }

    /** Sends a command, whose fields are JSON, and returns its result. */
    JsonNode tell(String command, String fields) throws IOException {
        int id = ids.incrementAndGet();
        var result = new CompletableFuture<JsonNode>();
        pending.put(id, result);
        var line = (ObjectNode) JSON.readTree(fields);
        line.put("id", id).put("do", command);
        synchronized (input) {
            input.write(JSON.writeValueAsString(line) + "\n");
            input.flush();
        }
        return result.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void line(String line) {
        var said = JSON.readTree(line);
        if (said.has("news")) {
            news.add(said.get("news"));
            return;
        }
        var result = pending.remove(said.path("id").asInt());
        if (result != null && said.has("error")) {
            result.completeExceptionally(new IllegalStateException(said.path("error").asString()));
        } else if (result != null) {
            result.complete(said.path("result"));
        }
    }

    /** Ends it, as a crash does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static synchronized void install() throws IOException, InterruptedException {
        Path lock = HOME.resolve("node_modules/.package-lock.json");
        boolean fresh = Files.exists(lock) && Files.mismatch(SOURCE.resolve("package-lock.json"),
                HOME.resolve("package-lock.json")) == -1;
        Files.createDirectories(HOME);
        for (String file : new String[]{"package.json", "package-lock.json", ".npmrc", "server.mjs",
                "client.mjs"}) {
            Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!fresh) {
            var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(HOME.resolve("npm.txt").toFile())
                    .start();
            if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IOException("npm ci failed:\n" + Files.readString(HOME.resolve("npm.txt")));
            }
        }
    }
}
