package dev.parley.server;

import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket as it was when it was fetched, here or on another server of the cluster. What is asked of it goes there. Any thread. */
public final class RemoteSocket {
    private final SocketDescription description;
    private final BroadcastOperator itself;

    RemoteSocket(SocketDescription description, BroadcastOperator from) {
        this.description = description;
        this.itself = from.only(description.id());
    }

    /** Its id, as {@link Socket#id}. */
    public String id() {
        return description.id();
    }

    /** The request with which its client came, as {@link Socket#handshake}. */
    public Handshake handshake() {
        return Handshake.ofJson(description.handshake(), itself.json());
    }

    /** As they were when it was fetched. */
    public Set<String> rooms() {
        return description.rooms();
    }

    /** As it was when it was fetched; a change reaches nobody. */
    public Map<String, Object> data() {
        return description.data();
    }

    /** Sends an event, as {@link Socket#emit(String, Object...)}. */
    public void emit(String event, @Nullable Object... values) {
        itself.emit(event, values);
    }

    /**
     * Sends an event and waits for the answer; call it on a virtual thread.
     *
     * @throws NoReplyException      when none comes in time
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public Reply call(Duration timeout, String event, @Nullable Object... values) {
        return itself.waiting().on(() -> callAsync(timeout, event, values));
    }

    /** {@link #call} without waiting; completed exceptionally with a {@link NoReplyException}. */
    public CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values) {
        return itself.callAsync(timeout, event, values).thenApply(replies -> {
            if (replies.replies().isEmpty()) {
                throw new NoReplyException(replies.expected() == 0 ? NoReplyException.Reason.LEFT
                        : NoReplyException.Reason.TIMEOUT);
            }
            return replies.replies().getFirst();
        });
    }

    /** Makes it join rooms. */
    public void join(String... rooms) {
        itself.socketsJoin(rooms);
    }

    /** {@link #join(String...)} for rooms in a collection. */
    public void join(Collection<String> rooms) {
        itself.socketsJoin(rooms);
    }

    /** Makes it leave rooms. */
    public void leave(String... rooms) {
        itself.socketsLeave(rooms);
    }

    /** {@link #leave(String...)} for rooms in a collection. */
    public void leave(Collection<String> rooms) {
        itself.socketsLeave(rooms);
    }

    /**
     * Puts it out of the namespace.
     *
     * @param closeConnection whether to end its whole connection with it
     */
    public void disconnect(boolean closeConnection) {
        itself.disconnectSockets(closeConnection);
    }
}
