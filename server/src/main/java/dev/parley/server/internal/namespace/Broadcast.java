package dev.parley.server.internal.namespace;

import dev.parley.server.BroadcastOperator;
import dev.parley.server.Event;
import dev.parley.server.RemoteSocket;
import dev.parley.server.Replies;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.json.EventRenamer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The receivers of a broadcast in one namespace, and its options. Immutable; any thread. */
public final class Broadcast implements BroadcastOperator {
    private final Adapter adapter;
    private final BroadcastOptions options;
    private final Duration timeout;
    private final ServerContext context;

    Broadcast(Adapter adapter, BroadcastOptions options, Duration timeout, ServerContext context) {
        this.adapter = adapter;
        this.options = options;
        this.timeout = timeout;
        this.context = context;
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
        return new Broadcast(adapter, options, limit, context);
    }

    @Override
    public void emit(String event, @Nullable Object... values) {
        adapter.broadcast(context.requireSendable(context.json().event(event, values)), options);
    }

    @Override
    public void relay(String name, Event event) {
        adapter.broadcast(context.requireSendable(EventRenamer.of(event.arguments(), name)), options);
    }

    @Override
    public Replies call(Duration limit, String event, @Nullable Object... values) {
        return context.blockingCalls().on(() -> callAsync(limit, event, values));
    }

    @Override
    public CompletableFuture<Replies> callAsync(Duration limit, String event, @Nullable Object... values) {
        var collecting = AckAggregator.ofServers(context.json());
        adapter.broadcastWithAck(context.requireSendable(context.json().event(event, values)), options, limit,
                collecting);
        return collecting.result(limit);
    }

    @Override
    public List<RemoteSocket> fetchSockets() {
        return context.blockingCalls().on(this::fetchSocketsAsync);
    }

    @Override
    public CompletableFuture<List<RemoteSocket>> fetchSocketsAsync() {
        return adapter.fetchSockets(options)
                .thenApply(found -> found.stream()
                        .<RemoteSocket>map(socket -> new FetchedSocket(socket, only(socket.id()), context))
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

    /** Selects one socket, on whichever server it is. */
    private Broadcast only(String id) {
        return new Broadcast(adapter, BroadcastOptions.room(id), timeout, context);
    }

    private Broadcast but(Set<String> rooms, Set<String> except, boolean local, boolean isVolatile,
            boolean compress) {
        return new Broadcast(adapter, new BroadcastOptions(rooms, except, local, isVolatile, compress),
                timeout, context);
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        var all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
