package dev.parley.spring;

import dev.parley.server.SocketIoServer;
import org.springframework.context.ApplicationEvent;

/**
 * Application event published once, when the server listens, on the thread that starts the application. The port is also the environment's
 * property {@code local.parley.port}.
 */
public final class SocketIoListeningEvent extends ApplicationEvent {
    private static final long serialVersionUID = 1;

    private final transient SocketIoServer server;
    private final int port;

    SocketIoListeningEvent(Object source, SocketIoServer server, int port) {
        super(source);
        this.server = server;
        this.port = port;
    }

    /** The server that listens. */
    public SocketIoServer server() {
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }
}
