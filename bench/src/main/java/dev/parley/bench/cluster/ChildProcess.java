package dev.parley.bench.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that the rig started, known by its handle. Its lines go to a consumer, one at a time; its errors to a file. All that still run
 * are killed when the rig ends, also by Ctrl-C. Safe from any thread.
 */
final class ChildProcess implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "kill children"));
    }

    private final String name;
    private final Process process;
    private final Thread reader;

    private ChildProcess(String name, Process process, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofVirtual().start(() -> read(lines));
    }

    /**
     * Starts a program.
     *
     * @param name  of its file of errors, in {@code logs}
     * @param lines is called with each line of its output, on a thread of its own
     */
    static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path logs,
            Consumer<String> lines) {
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(logs.resolve(name + ".log").toFile()));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            RUNNING.add(process);
            return new ChildProcess(name, process, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + name, e);
        }
    }

    boolean running() {
        return process.isAlive();
    }

    /** Writes a line to its input. Does nothing when it has ended. */
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(name + " does not listen", e);
            }
        }
    }

    /** Sends a signal, such as {@code TERM}, {@code STOP} or {@code CONT}. */
    void signal(String signal) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("could not send a signal to " + name, e);
        }
    }

    /** Waits until it has ended and its last line was handed on; returns false when that takes longer. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS) && reader.join(timeout);
    }

    /** User and system time so far, in seconds. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** Kills it, and waits until its last line was handed on. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            awaitEnd(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }

    private void read(Consumer<String> lines) {
        try (var output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // Its end is noticed by those who wait for its words.
            RUNNING.remove(process);
        }
    }
}
