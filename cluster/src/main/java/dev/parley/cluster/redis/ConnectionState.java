package dev.parley.cluster.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import java.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a connection is there; logs each change once. Safe from any thread. */
final class ConnectionState implements RedisConnectionStateListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionState.class);

    private final String role;
    private volatile boolean connected;
    private volatile boolean closing;
    private volatile Runnable onDisconnected = () -> {};

    /** @param role what the connection does, for the log */
    ConnectionState(String role) {
        this.role = role;
    }

    boolean isConnected() {
        return connected;
    }

    /** The first connection was made, before this listener was added. */
    void connected() {
        connected = true;
    }

    /** Calls back each time the connection is lost. */
    void onDisconnected(Runnable listener) {
        onDisconnected = listener;
    }

    /** Disconnections are meant from now on. */
    void closing() {
        closing = true;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        if (!connected) {
            connected = true;
            LOG.info("Redis is connected again: the connection that {}", role);
        }
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        connected = false;
        if (!closing) {
            LOG.warn("Redis is away: the connection that {} is lost. Local traffic goes on; reconnecting.",
                    role);
        }
        onDisconnected.run();
    }
}
