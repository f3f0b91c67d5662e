package dev.parley.server;

import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Receivers chosen step by step, as {@code io.to("a", "b").except("c")}. Immutable; may be kept and used again. */
public final class BroadcastOperator implements Broadcasting {
    private final Adapter adapter;
    private final BroadcastOptions options;
    private final Duration timeout;
    private final SocketIoServer server;

    BroadcastOperator(Adapter adapter, BroadcastOptions options, Duration timeout, SocketIoServer server) {
        this.adapter = adapter;
        this.options = options;
        this.timeout = timeout;
        this.server = server;
    }

    @Override
    public BroadcastOperator broadcast() {
        return this;
    }

    /** {@link #call(Duration, String, Object...)} within the time set by {@link #timeout}, else the server's {@code ackTimeout}. */
    public Replies call(String event, @Nullable Object... values) {
        return call(timeout, event, values);
    }

    /** {@link #call(String, Object...)} without waiting. */
    public CompletableFuture<Replies> callAsync(String event, @Nullable Object... values) {
        return callAsync(timeout, event, values);
    }

    Json json() {
        return server.json();
    }

    Waiting waiting() {
        return server.waiting();
    }

    BroadcastOperator with(Collection<String> rooms) {
        return but(union(options.rooms(), rooms), options.except(), options.local(), options.isVolatile(),
                options.compress());
    }

    BroadcastOperator without(Collection<String> rooms) {
        return but(options.rooms(), union(options.except(), rooms), options.local(), options.isVolatile(),
                options.compress());
    }

    BroadcastOperator onlyLocal() {
        return but(options.rooms(), options.except(), true, options.isVolatile(), options.compress());
    }

    BroadcastOperator dropping() {
        return but(options.rooms(), options.except(), options.local(), true, options.compress());
    }

    BroadcastOperator compressing(boolean compress) {
        return but(options.rooms(), options.except(), options.local(), options.isVolatile(), compress);
    }

    BroadcastOperator within(Duration limit) {
        return new BroadcastOperator(adapter, options, limit, server);
    }

    void emitTo(String event, @Nullable Object... values) {
        adapter.broadcast(server.requireSendable(server.json().event(event, values)), options);
    }

    void relayTo(String name, Event event) {
        adapter.broadcast(server.requireSendable(Renaming.of(event.arguments(), name)), options);
    }

    CompletableFuture<Replies> ask(Duration limit, String event, @Nullable Object... values) {
        var collecting = new Collecting(options.local() ? 1 : adapter.serverCount(), server.json());
        adapter.broadcastWithAck(server.requireSendable(server.json().event(event, values)), options, limit,
                collecting);
        return collecting.result(limit);
    }

    CompletableFuture<List<RemoteSocket>> fetch() {
        return adapter.fetchSockets(options)
                .thenApply(found -> found.stream().map(socket -> new RemoteSocket(socket, this)).toList())
                .toCompletableFuture();
    }

    void join(Collection<String> rooms) {
        adapter.addSockets(options, Set.copyOf(rooms));
    }

    void leave(Collection<String> rooms) {
        adapter.delSockets(options, Set.copyOf(rooms));
    }

    void disconnect(boolean close) {
        adapter.disconnectSockets(options, close);
    }

    /** One socket, wherever it is. */
    BroadcastOperator only(String id) {
        return new BroadcastOperator(adapter, BroadcastOptions.room(id), timeout, server);
    }

    private BroadcastOperator but(Set<String> rooms, Set<String> except, boolean local, boolean isVolatile,
            boolean compress) {
        return new BroadcastOperator(adapter,
                new BroadcastOptions(rooms, except, local, isVolatile, compress), timeout, server);
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        var all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
