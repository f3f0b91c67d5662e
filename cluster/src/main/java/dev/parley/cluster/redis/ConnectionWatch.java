package dev.parley.cluster.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.DefaultEndpoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Ends connections on which Redis is silent, which then reconnect. One that publishes would otherwise wait for as long as the operating system tries. Safe from any
 * thread.
 */
final class ConnectionWatch {
    private final PingMonitor.Timer timer;
    private final Duration interval;
    private final ConcurrentMap<StatefulRedisConnection<?, ?>, PingMonitor> monitors = new ConcurrentHashMap<>();

    ConnectionWatch(PingMonitor.Timer timer, Duration interval) {
        this.timer = timer;
        this.interval = interval;
    }

    /** Watches a connection from now on. Returns false if it is watched already. */
    boolean add(StatefulRedisConnection<?, ?> connection) {
        var monitor = new PingMonitor(() -> connection.async().ping(), () -> disconnect(connection), timer,
                interval);
        boolean added = monitors.putIfAbsent(connection, monitor) == null;
        if (added) {
            monitor.start();
        }
        return added;
    }

    /** Ends a connection, which then reconnects. */
    private static void disconnect(StatefulRedisConnection<?, ?> connection) {
        if (connection instanceof RedisChannelHandler<?, ?> handler
                && handler.getChannelWriter() instanceof DefaultEndpoint endpoint) {
            endpoint.disconnect();
        }
    }

    /** Watches a connection no more. */
    void remove(StatefulRedisConnection<?, ?> connection) {
        var monitor = monitors.remove(connection);
        if (monitor != null) {
            monitor.close();
        }
    }

    /** Watches none any more. */
    void close() {
        Map.copyOf(monitors).keySet().forEach(this::remove);
    }
}
