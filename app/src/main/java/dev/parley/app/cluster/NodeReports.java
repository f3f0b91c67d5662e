package dev.parley.app.cluster;

import dev.parley.cluster.ClusterScript;
import dev.parley.cluster.ClusterScripts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a report of this server in Redis every two seconds, and hears those of all servers. A report lasts for 12 s. The ids of logins that have
 * ended travel with it, so that a logout counts on all servers. Safe from any thread; waits in {@link #close} only, at most a second.
 */
public final class NodeReports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeReports.class);
    private static final ClusterScript SCRIPT = ScriptFiles.load("report.lua");
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration LIFETIME = Duration.ofSeconds(12);
    private static final int SILENCE = (int) LIFETIME.dividedBy(INTERVAL);

    private final ClusterScripts redis;
    private final List<String> keys;
    private final String server;
    private final Source source;
    private final Timer timer;
    private volatile boolean closed;
    private int failures;

    /** Calls back once after a time, unless the returned action has cancelled it. */
    @FunctionalInterface
    public interface Timer {
        /** The action does not block. */
        Runnable in(Duration delay, Runnable action);
    }

    /** This server. Its methods do not block. */
    public interface Source {
        /** Returns the report, which is not empty. */
        String report();

        /** Returns the ids of logins that have ended here, and until when each would have lasted. */
        Map<String, Instant> ended();

        /** The reports of all servers, this one included, and the ids of all logins that have ended. Called on one thread at a time. */
        void heard(List<String> reports, List<String> ended);
    }

    /** @param server a name that no other server has had */
    NodeReports(ClusterScripts redis, String server, Source source, Timer timer) {
        this.redis = redis;
        this.keys = Stream.of("servers", "reports", "ended").map(name -> redis.key("nodes", name)).toList();
        this.server = server;
        this.source = source;
        this.timer = timer;
    }

    void start() {
        if (closed) {
            return;
        }
        var arguments = new ArrayList<>(List.of(server, Long.toString(LIFETIME.toMillis()), source.report()));
        source.ended().forEach((id, until) -> {
            arguments.add(id);
            arguments.add(Long.toString(until.toEpochMilli()));
        });
        var unused = run(arguments).whenComplete((reply, failure) -> {
            failures = failure == null ? 0 : failures + 1;
            if (failure == null) {
                hear(reply);
            } else if (failures == SILENCE) {
                hear(List.of("1", source.report())); // nothing is known of the others any more
            }
            timer.in(INTERVAL, this::start);
        });
    }

    private void hear(List<String> reply) {
        try {
            int reports = Integer.parseInt(reply.getFirst());
            source.heard(reply.subList(1, 1 + reports), reply.subList(1 + reports, reply.size()));
        } catch (RuntimeException bug) {
            LOG.error("the reports of other servers cannot be used", bug);
        }
    }

    private CompletableFuture<List<String>> run(List<String> arguments) {
        return redis.run(SCRIPT, keys, arguments)
                .toCompletableFuture()
                .orTimeout(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Removes the report. */
    @Override
    public void close() {
        closed = true;
        run(List.of(server, "0", "")).handle((done, failure) -> true)
                .completeOnTimeout(false, 1, TimeUnit.SECONDS)
                .join();
    }
}
