package dev.parley.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends to many at once: to all of a namespace, or to the members of rooms. Immutable: each narrowing method answers a new one. Safe
 * from any thread. An event is encoded once, and who is in several of the rooms gets it once. Nothing here blocks but {@link #call}
 * and {@link #fetchSockets}. Implemented by the server: applications do not implement it, and methods may be added.
 */
public interface Broadcasting {
    /** What stands for the receivers chosen so far. */
    BroadcastOperator broadcast();

    /** To the members of these rooms; a socket's id is a room with that socket in it. Rooms given before stay. */
    default BroadcastOperator to(String... rooms) {
        return to(List.of(rooms));
    }

    /** {@link #to(String...)} for rooms in a collection. */
    BroadcastOperator to(Collection<String> rooms);

    /** Another word for {@link #to(String...)}. */
    default BroadcastOperator in(String... rooms) {
        return to(List.of(rooms));
    }

    /** Another word for {@link #to(Collection)}. */
    default BroadcastOperator in(Collection<String> rooms) {
        return to(rooms);
    }

    /** Leaves out the members of these rooms. */
    default BroadcastOperator except(String... rooms) {
        return except(List.of(rooms));
    }

    /** {@link #except(String...)} for rooms in a collection. */
    BroadcastOperator except(Collection<String> rooms);

    /** Only to sockets of this server. */
    BroadcastOperator local();

    /** Clients that cannot take it at once miss it, instead of making it wait for them. */
    BroadcastOperator asVolatile();

    /** Whether it may be compressed on its way; yes unless said otherwise. */
    BroadcastOperator compress(boolean compress);

    /** How long answers to {@link BroadcastOperator#call(String, Object...)} are awaited. */
    BroadcastOperator timeout(Duration timeout);

    /**
     * Sends an event.
     *
     * @param values as for {@link Socket#emit(String, Object...)}
     * @throws IllegalArgumentException when the event's name is one that clients use for their own, as there
     */
    void emit(String event, @Nullable Object... values);

    /**
     * Sends a client's event on, under a name of the application's choice: {@code socket.to(room).relay("said", event)}. Its arguments are
     * sent as they came, attachments and incomplete characters (lone surrogates) included, without being parsed.
     *
     * @throws IllegalArgumentException as {@link #emit}
     */
    void relay(String name, Event event);

    /** Sends the event {@code message}, which other sides listen for where no name was agreed on. */
    default void send(@Nullable Object... values) {
        emit("message", values);
    }

    /**
     * Sends an event and waits for the answers; call it on a virtual thread.
     *
     * @return those that came in time, which may be fewer than were asked: see {@link Replies#complete}
     * @throws IllegalStateException on an event loop, which must not wait
     */
    Replies call(Duration timeout, String event, @Nullable Object... values);

    /** {@link #call} without waiting. Completed on any thread, never exceptionally. */
    CompletableFuture<Replies> callAsync(Duration timeout, String event, @Nullable Object... values);

    /**
     * The sockets that are meant, on all servers. Waits for the other servers, when there are any; call it on a virtual thread.
     *
     * @throws IllegalStateException on an event loop, which must not wait, and when the adapter cannot reach the others
     */
    List<RemoteSocket> fetchSockets();

    /** {@link #fetchSockets} without waiting. Completed on any thread; exceptionally when the adapter cannot reach the others. */
    CompletableFuture<List<RemoteSocket>> fetchSocketsAsync();

    /** Makes those who are meant join rooms. */
    default void socketsJoin(String... rooms) {
        socketsJoin(List.of(rooms));
    }

    /** {@link #socketsJoin(String...)} for rooms in a collection. */
    void socketsJoin(Collection<String> rooms);

    /** Makes those who are meant leave rooms. */
    default void socketsLeave(String... rooms) {
        socketsLeave(List.of(rooms));
    }

    /** {@link #socketsLeave(String...)} for rooms in a collection. */
    void socketsLeave(Collection<String> rooms);

    /**
     * Puts those who are meant out of the namespace.
     *
     * @param closeConnection whether to end their whole connections with it
     */
    void disconnectSockets(boolean closeConnection);
}
