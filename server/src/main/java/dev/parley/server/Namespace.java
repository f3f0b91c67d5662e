package dev.parley.server;

import dev.parley.server.adapter.Adapter;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A channel of its own over the clients' connections. Safe from any thread. Implemented by the server: applications do not implement it,
 * and methods may be added.
 */
public interface Namespace extends Broadcasting {
    /** Begins with a slash; the default one is {@code /}. */
    String name();

    /** The server it belongs to. */
    SocketIoServer server();

    /** What keeps its rooms. */
    Adapter adapter();

    /** Adds a step that each client has to pass before it is in, after those added before. */
    Namespace use(Middleware step);

    /** Adds a handler of each client that joins, run on the socket's virtual thread before any of its events. It may block. */
    Namespace onConnection(ConnectionHandler handler);

    /** Those here now, on this server. */
    Collection<Socket> sockets();

    /** The socket of this id, when it is on this server. */
    Optional<Socket> socket(String id);

    /** Sets the handler of an event that another server of the cluster sent with {@link #serverSideEmit}. */
    Namespace onServerSide(String event, EventHandler handler);

    /** Sends an event to this namespace on the other servers of the cluster, not to this one; alone, it reaches nobody. */
    void serverSideEmit(String event, @Nullable Object... values);

    /**
     * {@link #serverSideEmit} with the other servers' answers, waited for; call it on a virtual thread.
     *
     * @throws IllegalStateException on an event loop, which must not wait
     */
    Replies serverSideCall(Duration timeout, String event, @Nullable Object... values);

    /** {@link #serverSideCall} without waiting; never completed exceptionally. */
    CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values);

    /** Takes a client that joined. */
    @FunctionalInterface
    interface ConnectionHandler {
        // Exception, for the reason given in EventHandler.
        /** Takes one client. */
        void on(Socket socket) throws Exception;
    }
}
