package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One server of the cluster at a port of its own. A process that takes the place of an earlier one has another name: {@code n1a}, then {@code
 * n1b}. Used by one thread.
 */
final class Node implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final int number;
    private final int port = Await.freePort();
    private final RedisGate gate;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path logs;
    private final RunRecord runRecord;
    private final String redisUrl;
    private int lives;
    private CountDownLatch listens = new CountDownLatch(1);
    private ChildProcess process;

    /**
     * Starts a server, which does not listen yet.
     *
     * @param redis       Redis, which it reaches through a gate
     * @param environment of the process, beside its port, its name and the URL of Redis
     */
    Node(int number, Redis redis, List<String> command, Map<String, String> environment, Path logs,
            RunRecord runRecord) {
        this.number = number;
        this.gate = new RedisGate(redis.port());
        this.redisUrl = redis.url();
        this.command = command;
        this.environment = environment;
        this.logs = logs;
        this.runRecord = runRecord;
        this.process = begin();
    }

    private ChildProcess begin() {
        lives++;
        String name = name();
        var latch = new CountDownLatch(1);
        listens = latch;
        var all = new TreeMap<>(environment);
        all.put("PORT", Integer.toString(port));
        all.put("RIG_NODE", name);
        all.put("PARLEY_REDIS_URL", String.format(redisUrl, gate.port()));
        return ChildProcess.start("node-" + name, command, all, logs, line -> {
            if (line.startsWith("PORT ")) {
                latch.countDown();
            } else {
                runRecord.server(name, line);
            }
        });
    }

    /** Waits until its process listens. */
    void awaitListening() throws InterruptedException {
        Await.until("the start of server " + name() + " (see its log in " + logs + ")", TIMEOUT,
                () -> listens.getCount() == 0 || !process.running());
        if (!listens.await(1, TimeUnit.SECONDS)) {
            throw new BenchException("server " + name() + " has ended; see its log in " + logs);
        }
    }

    /** The name of its present process. */
    String name() {
        return "n" + number + (char) ('a' + lives - 1);
    }

    int port() {
        return port;
    }

    RedisGate gate() {
        return gate;
    }

    ChildProcess process() {
        return process;
    }

    /** Ends it as a crash does. */
    void kill() {
        process.close();
    }

    /** Asks it to end, as a deploy does, and waits until it has. */
    void terminate() throws InterruptedException {
        process.signal("TERM");
        Await.until("the end of server " + name() + " after SIGTERM", TIMEOUT, () -> !process.running());
        process.close();
    }

    /** Starts a new process at the same port, once the one before has ended. */
    void replace() throws InterruptedException {
        process = begin();
        awaitListening();
    }

    @Override
    public void close() {
        process.close();
        gate.close();
    }
}
