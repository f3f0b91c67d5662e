package dev.parley.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a socket, on this or another server of the cluster. Its methods act on the socket where it is. Safe from any thread.
 * Implemented by the server: applications do not implement it, and methods may be added.
 */
public interface RemoteSocket {
    /** Its id, as {@link Socket#id}. */
    String id();

    /** The request with which its client came, as {@link Socket#handshake}. */
    Handshake handshake();

    /** The rooms of the socket at the time of the snapshot. */
    Set<String> rooms();

    /** The data of the socket at the time of the snapshot. A change does not reach the socket. */
    Map<String, Object> data();

    /** Sends an event, as {@link Broadcasting#emit}: never waits for room. */
    void emit(String event, @Nullable Object... values);

    /**
     * Sends an event and waits for the acknowledgement. Blocks the calling thread.
     *
     * @throws NoReplyException      when the client does not acknowledge in time or has left, or the waiting thread is interrupted
     * @throws IllegalStateException on an event loop, which must not wait
     */
    Reply call(Duration timeout, String event, @Nullable Object... values);

    /** Sends an event as {@link #call}, without waiting. Completes on any thread; exceptionally with a {@link NoReplyException}. */
    CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values);

    /** Makes the socket join rooms. */
    default void join(String... rooms) {
        join(List.of(rooms));
    }

    /** {@link #join(String...)} for rooms in a collection. */
    void join(Collection<String> rooms);

    /** Makes the socket leave rooms. */
    default void leave(String... rooms) {
        leave(List.of(rooms));
    }

    /** {@link #leave(String...)} for rooms in a collection. */
    void leave(Collection<String> rooms);

    /**
     * Disconnects the socket from the namespace.
     *
     * @param closeConnection whether to close its whole connection, and so the client's sockets in other namespaces
     */
    void disconnect(boolean closeConnection);
}
