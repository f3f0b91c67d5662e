package dev.parley.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A socket as it was when it was fetched, here or on another server of the cluster. What is asked of it goes there. Any thread. Implemented
 * by the server: applications do not implement it, and methods may be added.
 */
public interface RemoteSocket {
    /** Its id, as {@link Socket#id}. */
    String id();

    /** The request with which its client came, as {@link Socket#handshake}. */
    Handshake handshake();

    /** As they were when it was fetched. */
    Set<String> rooms();

    /** As it was when it was fetched; a change reaches nobody. */
    Map<String, Object> data();

    /** Sends an event, as {@link Socket#emit(String, Object...)}. */
    void emit(String event, @Nullable Object... values);

    /**
     * Sends an event and waits for the answer; call it on a virtual thread.
     *
     * @throws NoReplyException      when none comes in time
     * @throws IllegalStateException on an event loop, which must not wait
     */
    Reply call(Duration timeout, String event, @Nullable Object... values);

    /** {@link #call} without waiting; completed exceptionally with a {@link NoReplyException}. */
    CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values);

    /** Makes it join rooms. */
    default void join(String... rooms) {
        join(List.of(rooms));
    }

    /** {@link #join(String...)} for rooms in a collection. */
    void join(Collection<String> rooms);

    /** Makes it leave rooms. */
    default void leave(String... rooms) {
        leave(List.of(rooms));
    }

    /** {@link #leave(String...)} for rooms in a collection. */
    void leave(Collection<String> rooms);

    /**
     * Puts it out of the namespace.
     *
     * @param closeConnection whether to end its whole connection with it
     */
    void disconnect(boolean closeConnection);
}
