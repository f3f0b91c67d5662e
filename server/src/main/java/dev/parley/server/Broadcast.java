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

/** Receivers in one namespace, and how an event goes to them. Immutable; any thread. */
final class Broadcast implements BroadcastOperator {
    private final Adapter adapter;
    private final BroadcastOptions options;
    private final Duration timeout;
    private final ServerCore server;

    Broadcast(Adapter adapter, BroadcastOptions options, Duration timeout, ServerCore server) {
        this.adapter = adapter;
        this.options = options;
        this.timeout = timeout;
        this.server = server;
    }

    @Override
    public Broadcast broadcast() {
        return this;
    }

    @Override
    public Replies call(String event, @Nullable Object... values) {
        return call(timeout, event, values);
    }

    @Override
    public CompletableFuture<Replies> callAsync(String event, @Nullable Object... values) {
        return callAsync(timeout, event, values);
    }

    Json json() {
        return server.json();
    }

    Waiting waiting() {
        return server.waiting();
    }

    @Override
    public Broadcast to(Collection<String> rooms) {
        return but(union(options.rooms(), rooms), options.except(), options.local(), options.isVolatile(),
                options.compress());
    }

    @Override
    public Broadcast except(Collection<String> rooms) {
        return but(options.rooms(), union(options.except(), rooms), options.local(), options.isVolatile(),
                options.compress());
    }

    @Override
    public Broadcast local() {
        return but(options.rooms(), options.except(), true, options.isVolatile(), options.compress());
    }

    @Override
    public Broadcast asVolatile() {
        return but(options.rooms(), options.except(), options.local(), true, options.compress());
    }

    @Override
    public Broadcast compress(boolean compress) {
        return but(options.rooms(), options.except(), options.local(), options.isVolatile(), compress);
    }

    @Override
    public Broadcast timeout(Duration limit) {
        return new Broadcast(adapter, options, limit, server);
    }

    @Override
    public void emit(String event, @Nullable Object... values) {
        adapter.broadcast(server.requireSendable(server.json().event(event, values)), options);
    }

    @Override
    public void relay(String name, Event event) {
        adapter.broadcast(server.requireSendable(Renaming.of(event.arguments(), name)), options);
    }

    @Override
    public Replies call(Duration limit, String event, @Nullable Object... values) {
        return waiting().on(() -> callAsync(limit, event, values));
    }

    @Override
    public CompletableFuture<Replies> callAsync(Duration limit, String event, @Nullable Object... values) {
        var collecting = new Collecting(options.local() ? 1 : adapter.serverCount(), server.json());
        adapter.broadcastWithAck(server.requireSendable(server.json().event(event, values)), options, limit,
                collecting);
        return collecting.result(limit);
    }

    @Override
    public List<RemoteSocket> fetchSockets() {
        return waiting().on(this::fetchSocketsAsync);
    }

    @Override
    public CompletableFuture<List<RemoteSocket>> fetchSocketsAsync() {
        return adapter.fetchSockets(options)
                .thenApply(found -> found.stream()
                        .<RemoteSocket>map(socket -> new FetchedSocket(socket, this))
                        .toList())
                .toCompletableFuture();
    }

    @Override
    public void socketsJoin(Collection<String> rooms) {
        adapter.addSockets(options, Set.copyOf(rooms));
    }

    @Override
    public void socketsLeave(Collection<String> rooms) {
        adapter.delSockets(options, Set.copyOf(rooms));
    }

    @Override
    public void disconnectSockets(boolean close) {
        adapter.disconnectSockets(options, close);
    }

    /** One socket, wherever it is. */
    Broadcast only(String id) {
        return new Broadcast(adapter, BroadcastOptions.room(id), timeout, server);
    }

    private Broadcast but(Set<String> rooms, Set<String> except, boolean local, boolean isVolatile,
            boolean compress) {
        return new Broadcast(adapter, new BroadcastOptions(rooms, except, local, isVolatile, compress),
                timeout, server);
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        var all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
