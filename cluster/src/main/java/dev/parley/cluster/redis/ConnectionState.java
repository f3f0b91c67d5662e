package dev.parley.cluster.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a connection is there; logs each change once. Of several connections, to the nodes of a Redis Cluster, whether one of them is. Safe from any thread.
 */
final class ConnectionState implements RedisConnectionStateListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionState.class);

    private final String role;
    private final Set<Object> watched = ConcurrentHashMap.newKeySet();
    private final Set<Object> connected = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private volatile Runnable onDisconnected = () -> {};

    /** @param role what the connection does, for the log */
    ConnectionState(String role) {
        this.role = role;
    }

    boolean isConnected() {
        return !connected.isEmpty();
    }

    /** Watches a connection that was made, if it is not watched already. */
    void add(StatefulConnection<?, ?> connection) {
        if (watched.add(connection)) {
            connected.add(connection);
            connection.addListener(this);
        }
    }

    /** Watches a connection no more. */
    void remove(StatefulConnection<?, ?> connection) {
        connection.removeListener(this);
        watched.remove(connection);
        connected.remove(connection);
    }

    /** Calls back each time a connection is lost. */
    void onDisconnected(Runnable listener) {
        onDisconnected = listener;
    }

    /** Disconnections are meant from now on. */
    void closing() {
        closing = true;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        if (connected.add(connection)) {
            LOG.info("Redis is connected again: the connection that {}", role);
        }
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        connected.remove(connection);
        if (!closing) {
            LOG.warn("Redis is away: the connection that {} is lost. Local traffic goes on; reconnecting.",
                    role);
        }
        onDisconnected.run();
    }
}
