package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A redis-server of the rig's own, on the loopback interface, with the configuration and the user of {@code deploy/cluster}. It keeps its data
 * when it is started again. Used by one thread.
 */
final class Redis implements AutoCloseable {
    /** Clusters that may have a prefix of their own, {@code socket.io-1} and so on. */
    private static final int CLUSTERS = 30;

    private final Path samples;
    private final Path folder;
    private final int port = Await.freePort();
    private ChildProcess process;

    /**
     * Starts it and waits until it listens.
     *
     * @param samples the folder of its configuration and its users
     */
    Redis(Path samples, Path folder) throws InterruptedException {
        this.samples = samples;
        this.folder = folder;
        this.process = begin();
    }

    int port() {
        return port;
    }

    /** Its URL, with {@code %d} in place of the port, for the user of the sample configuration. */
    String url() {
        return "redis://parley:change-me@127.0.0.1:%d";
    }

    /** Writes the users of the sample, whose user may also subscribe to the patterns of clusters with prefixes of their own. */
    private Path users() {
        String patterns = IntStream.rangeClosed(1, CLUSTERS)
                .mapToObj(number -> "&socket.io-" + number + "#/#* ")
                .collect(Collectors.joining());
        try {
            String sample = Files.readString(samples.resolve("users.acl"));
            return Files.writeString(folder.resolve("users.acl"),
                    sample.replace("&socket.io#/#* ", "&socket.io#/#* " + patterns));
        } catch (IOException e) {
            throw new BenchException("could not write the users of Redis", e);
        }
    }

    private ChildProcess begin() throws InterruptedException {
        var started = ChildProcess.start("redis",
                List.of("redis-server", samples.resolve("redis.conf").toString(), "--aclfile",
                        users().toString(), "--bind", "127.0.0.1", "--port", Integer.toString(port), "--dir",
                        folder.toString()),
                Map.of(), folder, line -> {});
        Await.open("redis-server", port, started);
        return started;
    }

    /** Starts it again, with its data. */
    void start() throws InterruptedException {
        process = begin();
    }

    /** Ends it as an operator does. */
    void stop() throws InterruptedException {
        process.signal("TERM");
        if (!process.awaitEnd(Duration.ofSeconds(30))) {
            process.close();
        }
    }

    /** Stops the process: connections stay open without data. */
    void freeze() throws InterruptedException {
        process.signal("STOP");
    }

    void thaw() throws InterruptedException {
        process.signal("CONT");
    }

    @Override
    public void close() {
        process.close();
    }
}
