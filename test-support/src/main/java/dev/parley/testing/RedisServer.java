package dev.parley.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A redis-server of its own on the loopback interface, without persistence. Needs the program redis-server (Debian: redis-server). */
public final class RedisServer {
    private final int port = Ports.free();
    private final Path home;
    private @Nullable Process process;

    /** Starts one. */
    public RedisServer() throws IOException {
        home = Files.createTempDirectory("parley-redis");
        start();
    }

    /** Returns its URL. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it, at the same port as before. */
    public void start() throws IOException {
        Process started;
        try {
            started = new ProcessBuilder("redis-server", "--bind", "127.0.0.1", "--port",
                    Integer.toString(port), "--save", "", "--appendonly", "no", "--dir", home.toString())
                    .redirectErrorStream(true)
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
