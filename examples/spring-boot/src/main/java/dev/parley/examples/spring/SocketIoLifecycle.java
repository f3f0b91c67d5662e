package dev.parley.examples.spring;

import dev.parley.server.SocketIoServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens once every bean has put its handlers on the server, and stops before any of them goes. Socket.IO has a port of its own: the
 * servlet container answers on the other.
 */
final class SocketIoLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoLifecycle.class);

    private final SocketIoServer server;
    private final SocketIoProperties properties;
    private volatile int port = -1;

    SocketIoLifecycle(SocketIoServer server, SocketIoProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    @Override
    public void start() {
        port = server.listen(properties.host(), properties.port());
        LOG.info("Socket.IO listens on port {}", port);
    }

    /** Clients are told before their connections go. */
    @Override
    public void stop() {
        server.close();
        port = -1;
    }

    @Override
    public boolean isRunning() {
        return port >= 0;
    }

    /** The port it listens on. */
    int port() {
        int listening = port;
        if (listening < 0) {
            throw new IllegalStateException("Socket.IO does not listen");
        }
        return listening;
    }
}
