package dev.parley.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A redis-server of its own on the loopback interface, without persistence. Needs the program redis-server (Debian: redis-server). */
public final class RedisServer {
    private final int port = Ports.free();
    private final Path home;
    private final List<String> options;
    private @Nullable Process process;

    /** Starts one. */
    public RedisServer() throws IOException {
        this(List.of());
    }

    /** @param options further ones; {@code PORT} and {@code HOME} stand for its own */
    public RedisServer(List<String> options) throws IOException {
        home = Files.createTempDirectory("parley-redis");
        this.options = options;
        start();
    }

    /** Returns its URL. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Starts it, at the same port as before. */
    public void start() throws IOException {
        Process started;
        try {
            var line = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--port",
                    Integer.toString(port), "--save", "", "--appendonly", "no", "--dir", home.toString()));
            options.forEach(option -> line
                    .add(option.replace("PORT", Integer.toString(port)).replace("HOME", home.toString())));
            started = new ProcessBuilder(line).redirectErrorStream(true)
                    .redirectOutput(home.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "this test needs the program redis-server (Debian: apt-get install redis-server)", e);
        }
        process = started;
        Ports.awaitOpen(port, () -> {
            if (!started.isAlive()) {
                throw new IOException(
                        "redis-server has ended: " + Files.readString(home.resolve("redis.log")));
            }
        });
    }

    /** Sends a command, and returns what redis-cli prints. */
    public String command(String... words) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        line.addAll(List.of(words));
        var cli = new ProcessBuilder(line).redirectErrorStream(true).start();
        String out = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        cli.waitFor();
        return out;
    }

    /** Ends it, as a crash does. */
    public void kill() throws InterruptedException {
        var running = process;
        if (running != null) {
            running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Stops the process: connections stay open without data. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets a stopped process go on. */
    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        var running = process;
        if (running != null) {
            new ProcessBuilder("kill", name, Long.toString(running.pid())).start().waitFor();
        }
    }

    /** Ends it, and removes its files. */
    public void stop() throws IOException, InterruptedException {
        kill();
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
