package dev.parley.server;

import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket that an adapter has described; calls go to it through the adapter. */
final class FetchedSocket implements RemoteSocket {
    private final SocketDescription description;
    private final Broadcast itself;

    FetchedSocket(SocketDescription description, Broadcast from) {
        this.description = description;
        this.itself = from.only(description.id());
    }

    @Override
    public String id() {
        return description.id();
    }

    @Override
    public Handshake handshake() {
        return Handshake.ofJson(description.handshake(), itself.json());
    }

    @Override
    public Set<String> rooms() {
        return description.rooms();
    }

    @Override
    public Map<String, Object> data() {
        return description.data();
    }

    @Override
    public void emit(String event, @Nullable Object... values) {
        itself.emit(event, values);
    }

    @Override
    public Reply call(Duration timeout, String event, @Nullable Object... values) {
        return itself.waiting().on(() -> callAsync(timeout, event, values));
    }

    @Override
    public CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values) {
        return itself.callAsync(timeout, event, values).thenApply(replies -> {
            if (replies.replies().isEmpty()) {
                throw new NoReplyException(replies.expected() == 0 ? NoReplyException.Reason.LEFT
                        : NoReplyException.Reason.TIMEOUT);
            }
            return replies.replies().getFirst();
        });
    }

    @Override
    public void join(Collection<String> rooms) {
        itself.socketsJoin(rooms);
    }

    @Override
    public void leave(Collection<String> rooms) {
        itself.socketsLeave(rooms);
    }

    @Override
    public void disconnect(boolean closeConnection) {
        itself.disconnectSockets(closeConnection);
    }
}
