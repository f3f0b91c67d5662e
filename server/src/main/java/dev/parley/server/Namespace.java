package dev.parley.server;

import dev.parley.server.adapter.Adapter;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A namespace: its own handlers, rooms and middleware over the clients' shared connections. Safe from any thread. Implemented by the
 * server: applications do not implement it, and methods may be added.
 */
public interface Namespace extends Broadcasting {
    /** The name, which begins with a slash. The default namespace is {@code /}. */
    String name();

    /** The server of this namespace. */
    SocketIoServer server();

    /** The adapter, which keeps the rooms. */
    Adapter adapter();

    /** Adds middleware that each client has to pass before it joins, after the middleware added before. It may block. */
    Namespace use(Middleware step);

    /** Adds a handler called with each client that joins, on the socket's virtual thread, before any of its events. It may block. */
    Namespace onConnection(ConnectionHandler handler);

    /** The clients in this namespace, on this server only. */
    Collection<Socket> sockets();

    /** The socket of this id; empty when it is not on this server. */
    Optional<Socket> socket(String id);

    /** Sets the handler of an event that another server of the cluster sent with {@link #serverSideEmit}. */
    Namespace onServerSide(String event, EventHandler handler);

    /** Sends an event to this namespace on the other servers of the cluster, not on this one. Does nothing on a single server. */
    void serverSideEmit(String event, @Nullable Object... values);

    /**
     * Sends an event as {@link #serverSideEmit} and waits for the acknowledgements of the other servers. Blocks the calling thread.
     *
     * @param timeout maximum time to wait
     * @return the acknowledgements that came in time
     * @throws IllegalStateException on an event loop, which must not wait
     */
    Replies serverSideCall(Duration timeout, String event, @Nullable Object... values);

    /** Sends an event as {@link #serverSideCall}, without waiting. The future never completes exceptionally. */
    CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values);

    /** Handles clients that join. */
    @FunctionalInterface
    interface ConnectionHandler {
        // Exception, for the reason given in EventHandler.
        /** Handles one client. */
        void on(Socket socket) throws Exception;
    }
}
