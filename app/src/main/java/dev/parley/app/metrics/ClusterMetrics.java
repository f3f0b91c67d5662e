package dev.parley.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;

/** The metrics of a server in a cluster, explained in {@code docs/metrics.md}. A server without one does not have them. */
public final class ClusterMetrics {

    private final MeterRegistry registry;

    public ClusterMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers whether Redis is connected, and the number of servers, as read at each scrape. */
    public ClusterMetrics members(BooleanSupplier connected, IntSupplier servers) {
        Gauge.builder("parley.cluster.connected", () -> connected.getAsBoolean() ? 1 : 0)
                .description("Whether Redis is connected")
                .register(registry);
        Gauge.builder("parley.cluster.servers", servers::getAsInt)
                .description("Servers of the cluster, as this one last heard")
                .register(registry);
        return this;
    }

    /** Registers how often the stream had lost entries before this server read them, as read at each scrape. */
    public <T> ClusterMetrics gaps(T source, ToLongFunction<T> count) {
        FunctionCounter.builder("parley.cluster.gaps", source, from -> count.applyAsLong(from))
                .description("Times that entries of the stream were gone before they were read")
                .register(registry);
        return this;
    }

    /** Registers a number of messages by what became of them, as read at each scrape. */
    public <T> ClusterMetrics messages(String outcome, T source, ToLongFunction<T> count) {
        FunctionCounter.builder("parley.cluster.messages", source, from -> count.applyAsLong(from))
                .description("Messages between the servers of the cluster")
                .tag("outcome", outcome)
                .register(registry);
        return this;
    }
}
