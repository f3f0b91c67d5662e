package dev.parley.bench;

import dev.parley.bench.driver.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server as a process of its own, known by its handle. It ends when its standard input does, so none outlives the bench. */
final class ServerProcess implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;
    /** The unit in which Linux reports processor time: 10 ms. */
    private static final long TICKS_PER_SECOND = 100;

    private final Subject subject;
    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>(100);
    private final int port;

    private ServerProcess(Subject subject, Process process) {
        this.subject = subject;
        this.process = process;
        Thread.ofVirtual().start(this::readAnswers);
        this.port = Integer.parseInt(answer("PORT ").substring(5).strip());
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @param prefix what stands before its command, to keep it on a core of its own
     * @param logs   the folder that its standard error goes to
     */
    static ServerProcess start(Subject subject, Path home, List<String> prefix, List<String> extra,
            Path logs) {
        var command = new ArrayList<>(prefix);
        command.addAll(subject.command(home, extra));
        try {
            Files.createDirectories(logs);
            var process = new ProcessBuilder(command)
                    .redirectError(logs.resolve(subject.name() + ".log").toFile())
                    .start();
            return new ServerProcess(subject, process);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + subject.label(), e);
        }
    }

    Subject subject() {
        return subject;
    }

    int port() {
        return port;
    }

    /** User and system time so far, in seconds. */
    double processorSeconds() {
        String stat = read("stat");
        // The name in brackets may hold spaces; user and system time are the 14th and 15th field of all.
        var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (double) (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
    }

    /** Memory that is really there, in bytes. */
    long resident() {
        for (String line : List.of(read("status").split("\n"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new BenchException("no resident memory in /proc for " + subject.label());
    }

    /** Collects garbage and says what is left on the heap, in bytes. */
    long heapAfterCollection() {
        return number("gc", "HEAP");
    }

    /** Bytes of direct buffers, used or kept for later. */
    long directMemory() {
        return number("stat", "DIRECT");
    }

    /** Returns the bytes that were allocated since the start; negative when the server cannot tell. */
    long allocated() {
        return number("stat", "ALLOCATED");
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private long number(String command, String name) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(subject.label() + " has gone", e);
        }
        var words = List.of(answer("HEAP ").split(" "));
        return Long.parseLong(words.get(words.indexOf(name) + 1));
    }

    private String answer(String beginning) {
        try {
            for (var line = answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS); line != null; line = answers
                    .poll(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new BenchException(subject.label() + " did not answer; see its log");
    }

    private void readAnswers() {
        try (var lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!answers.offer(line)) {
                    answers.clear();
                }
            }
        } catch (IOException e) {
            // The process has ended; who waits for an answer will notice.
            answers.clear();
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(subject.label() + " has gone; see its log", e);
        }
    }
}
