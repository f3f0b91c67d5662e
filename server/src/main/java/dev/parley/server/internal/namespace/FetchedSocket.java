package dev.parley.server.internal.namespace;

import dev.parley.server.BroadcastOperator;
import dev.parley.server.Handshake;
import dev.parley.server.NoReplyException;
import dev.parley.server.RemoteSocket;
import dev.parley.server.Reply;
import dev.parley.server.adapter.SocketDescription;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.json.HandshakeJson;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket that an adapter has described. Calls reach it through the adapter. */
final class FetchedSocket implements RemoteSocket {
    private final SocketDescription description;
    private final BroadcastOperator itself;
    private final ServerContext context;

    /** @param itself selects this socket alone */
    FetchedSocket(SocketDescription description, BroadcastOperator itself, ServerContext context) {
        this.description = description;
        this.itself = itself;
        this.context = context;
    }

    @Override
    public String id() {
        return description.id();
    }

    @Override
    public Handshake handshake() {
        return HandshakeJson.read(description.handshake(), context.authReader());
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
        return context.blockingCalls().on(() -> callAsync(timeout, event, values));
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
