package dev.parley.spring;

import dev.parley.server.ListenOptions;
import dev.parley.server.ServerListener;
import dev.parley.server.SocketIoServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the server with the application: listens when all beans exist, and drains and closes during the web server's graceful
 * shutdown. Safe from any thread.
 */
public final class SocketIoServerLifecycle implements SmartLifecycle {
    /** The phase of the web server's graceful shutdown, so that both share one timeout. */
    private static final int PHASE = DEFAULT_PHASE - 1024;
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoServerLifecycle.class);

    private final SocketIoServer server;
    private final ListenOptions where;
    private final Shutdown shutdown;
    private final ObjectProvider<ServerListener> listeners;
    private final ObjectProvider<SocketIoHandlers> handlers;
    private final PortPublisher publisher;
    private volatile State state = State.IDLE;
    private volatile int port = -1;

    /** State of the server. */
    enum State {
        /** It is not started. */
        IDLE,
        /** Clients can connect. */
        LISTENING,
        /** New clients are refused, and present clients are disconnected. */
        DRAINING,
        /** It is closed, for good. */
        CLOSED
    }

    /**
     * Options of the shutdown.
     *
     * @param graceful whether to drain first
     * @param notice   time at the beginning in which no client is disconnected
     * @param timeout  maximum time that Spring waits
     */
    record Shutdown(boolean graceful, Duration notice, Duration timeout) {
        /** Returns the maximum time to drain; the rest of the timeout is for closing. */
        Duration grace() {
            return timeout.multipliedBy(9).dividedBy(10);
        }
    }

    /** Tells the application which port was bound. */
    interface PortPublisher {
        void publish(SocketIoServerLifecycle source, SocketIoServer server, int port);
    }

    SocketIoServerLifecycle(SocketIoServer server, ListenOptions where, Shutdown shutdown,
            ObjectProvider<ServerListener> listeners, ObjectProvider<SocketIoHandlers> handlers,
            PortPublisher publisher) {
        this.server = server;
        this.where = where;
        this.shutdown = shutdown;
        this.listeners = listeners;
        this.handlers = handlers;
        this.publisher = publisher;
    }

    /**
     * Registers listeners and handlers, then listens. Called by Spring, once.
     *
     * @throws dev.parley.server.ListenException when the port is in use, or the server cannot listen for another reason
     */
    @Override
    public void start() {
        listeners.orderedStream().forEach(server::addListener);
        handlers.orderedStream().forEach(each -> each.register(server));
        port = server.listen(where);
        state = State.LISTENING;
        LOG.info("Socket.IO listens on port {} with path {}", port, server.options().path());
        publisher.publish(this, server, port);
    }

    /** Closes the server without draining. Blocks until its threads have ended. */
    @Override
    public void stop() {
        server.close();
        state = State.CLOSED;
        port = -1;
    }

    /**
     * Drains and closes the server on a virtual thread, then calls {@code callback}. Without graceful shutdown, closes it on this thread.
     */
    @Override
    public void stop(Runnable callback) {
        if (!shutdown.graceful()) {
            stop();
            callback.run();
            return;
        }
        state = State.DRAINING;
        Thread.ofVirtual().name("parley-shutdown").start(() -> {
            try {
                drain();
            } finally {
                stop();
                callback.run();
            }
        });
    }

    private void drain() {
        if (server.sessions() > 0) {
            LOG.info("Moving {} Socket.IO clients away, for at most {} s", server.sessions(),
                    shutdown.grace().toSeconds());
        }
        try {
            server.drain(shutdown.notice(), shutdown.grace(), socket -> false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return state == State.LISTENING;
    }

    /** Returns false: a closed server cannot listen again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /**
     * Returns the port that the server listens on.
     *
     * @throws IllegalStateException when the server does not listen
     */
    public int port() {
        int listening = port;
        if (listening < 0) {
            throw new IllegalStateException("Socket.IO does not listen");
        }
        return listening;
    }

    State state() {
        return state;
    }
}
