package dev.parley.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends to many clients at once: to all of a namespace, or to the members of rooms. Immutable: each method that selects receivers returns a
 * new object. Safe from any thread. An event is encoded once, and a client in several of the rooms receives it once. Only {@link #call}
 * and {@link #fetchSockets} block; a broadcast never waits for slow clients: one whose send queue passes {@code maxQueuedBytes} is
 * disconnected. Implemented by the server: applications do not implement it, and methods may be added.
 */
public interface Broadcasting {
    /** Selects the same receivers. */
    BroadcastOperator broadcast();

    /** Selects the members of these rooms, in addition to rooms selected before. A socket's id is a room with that socket in it. */
    default BroadcastOperator to(String... rooms) {
        return to(List.of(rooms));
    }

    /** {@link #to(String...)} for rooms in a collection. */
    BroadcastOperator to(Collection<String> rooms);

    /** Same as {@link #to(String...)}. */
    default BroadcastOperator in(String... rooms) {
        return to(List.of(rooms));
    }

    /** Same as {@link #to(Collection)}. */
    default BroadcastOperator in(Collection<String> rooms) {
        return to(rooms);
    }

    /** Leaves out the members of these rooms. */
    default BroadcastOperator except(String... rooms) {
        return except(List.of(rooms));
    }

    /** {@link #except(String...)} for rooms in a collection. */
    BroadcastOperator except(Collection<String> rooms);

    /** Selects only clients on this server, without the other servers of a cluster. */
    BroadcastOperator local();

    /** Sends volatile events: a client that cannot take the event at once misses it. */
    BroadcastOperator asVolatile();

    /** Sets whether the event may be compressed. Default: yes. */
    BroadcastOperator compress(boolean compress);

    /** Sets the maximum time that {@link BroadcastOperator#call(String, Object...)} waits. Default: the server's {@code ackTimeout}. */
    BroadcastOperator timeout(Duration timeout);

    /**
     * Sends an event.
     *
     * @param values as for {@link Socket#emit(String, Object...)}
     * @throws IllegalArgumentException when the name is reserved, or the encoded event is larger than {@code maxOutgoingSize}, as for {@link
     *                                  Socket#emit}
     */
    void emit(String event, @Nullable Object... values);

    /**
     * Sends the arguments of a received event under another name: {@code socket.to(room).relay("said", event)}. The arguments are not
     * parsed; attachments and lone surrogates are sent as they came.
     *
     * @throws IllegalArgumentException as {@link #emit}
     */
    void relay(String name, Event event);

    /** Sends the event {@code message}: same as {@code emit("message", values)}. */
    default void send(@Nullable Object... values) {
        emit("message", values);
    }

    /**
     * Sends an event and waits for the clients' acknowledgements. Blocks the calling thread.
     *
     * @param timeout maximum time to wait
     * @return the acknowledgements that came in time, perhaps fewer than clients: see {@link Replies#complete}
     * @throws IllegalStateException on an event loop, which must not wait
     */
    Replies call(Duration timeout, String event, @Nullable Object... values);

    /** Sends an event as {@link #call}, without waiting. The future completes on any thread, never exceptionally. */
    CompletableFuture<Replies> callAsync(Duration timeout, String event, @Nullable Object... values);

    /**
     * Returns the selected sockets, on all servers. Blocks while it waits for the other servers of a cluster.
     *
     * @throws IllegalStateException on an event loop, which must not wait, and when the adapter cannot reach the others
     */
    List<RemoteSocket> fetchSockets();

    /** Does as {@link #fetchSockets}, without waiting. Completes on any thread; exceptionally when the adapter cannot reach the others. */
    CompletableFuture<List<RemoteSocket>> fetchSocketsAsync();

    /** Makes the selected sockets join rooms. */
    default void socketsJoin(String... rooms) {
        socketsJoin(List.of(rooms));
    }

    /** {@link #socketsJoin(String...)} for rooms in a collection. */
    void socketsJoin(Collection<String> rooms);

    /** Makes the selected sockets leave rooms. */
    default void socketsLeave(String... rooms) {
        socketsLeave(List.of(rooms));
    }

    /** {@link #socketsLeave(String...)} for rooms in a collection. */
    void socketsLeave(Collection<String> rooms);

    /**
     * Disconnects the selected sockets from the namespace.
     *
     * @param closeConnection whether to close their whole connections, and so their sockets in other namespaces
     */
    void disconnectSockets(boolean closeConnection);
}
