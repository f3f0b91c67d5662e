package dev.parley.server;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.adapter.SharedPackets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace, and those who are in it on this server. Safe from any thread. */
final class ServedNamespace implements Namespace, ForwardingBroadcasting {
    private final String name;
    private final ServerCore server;
    private final @Nullable NamespaceFamily parent;
    private final Adapter adapter;
    private final Broadcast everyone;
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    private final List<ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, EventHandler> serverHandlers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ClientSocket> sockets = new ConcurrentHashMap<>();
    /** How many are in it or on their way in; changed only in the table of {@link Namespaces}. */
    int occupants;

    ServedNamespace(String name, ServerCore server, @Nullable NamespaceFamily parent) {
        this.name = name;
        this.server = server;
        this.parent = parent;
        if (parent != null) {
            middleware.addAll(parent.middleware);
            connectionHandlers.addAll(parent.connectionHandlers);
        }
        this.adapter = server.options().adapter().create(new Host());
        this.everyone = new Broadcast(adapter, BroadcastOptions.ALL, server.options().ackTimeout(), server);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ServerCore server() {
        return server;
    }

    @Override
    public Adapter adapter() {
        return adapter;
    }

    @Override
    public Namespace use(Middleware step) {
        middleware.add(step);
        return this;
    }

    @Override
    public Namespace onConnection(ConnectionHandler handler) {
        connectionHandlers.add(handler);
        return this;
    }

    @Override
    public Collection<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    @Override
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    /** {@link #sockets()} as they are. */
    Collection<ClientSocket> members() {
        return sockets.values();
    }

    @Override
    public Broadcast broadcast() {
        return everyone;
    }

    @Override
    public Namespace onServerSide(String event, EventHandler handler) {
        serverHandlers.put(event, handler);
        return this;
    }

    @Override
    public void serverSideEmit(String event, @Nullable Object... values) {
        adapter.serverSideEmit(server.json().event(event, values));
    }

    @Override
    public Replies serverSideCall(Duration timeout, String event, @Nullable Object... values) {
        return server.waiting().on(() -> serverSideCallAsync(timeout, event, values));
    }

    @Override
    public CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values) {
        var collecting = new Collecting(1, server.json());
        adapter.serverSideEmit(server.json().event(event, values), timeout, collecting);
        return collecting.result(timeout);
    }

    @Nullable NamespaceFamily parent() {
        return parent;
    }

    /** Whether clients are let in without anything that might block. */
    boolean isOpen() {
        return middleware.isEmpty() && recovery().isEmpty();
    }

    Optional<RecoveryOptions> recovery() {
        return server.options().connectionStateRecovery();
    }

    void admit(ClientSocket socket) throws Exception {
        for (Middleware step : middleware) {
            step.on(socket);
        }
    }

    void joined(ClientSocket socket) {
        sockets.put(socket.id(), socket);
        socket.join(socket.id());
    }

    void left(ClientSocket socket) {
        sockets.remove(socket.id(), socket);
    }

    void runHandlers(ClientSocket socket) throws Exception {
        for (ConnectionHandler handler : connectionHandlers) {
            handler.on(socket);
        }
    }

    PreparedEvent prepare(Arguments event, BroadcastOptions options) {
        var packets = server.options().parser().encode(new SocketPacket.Event(name, null, event));
        return new PreparedEvent(event,
                options.compress() ? packets : packets.stream().map(EnginePacket::uncompressed).toList(),
                options.isVolatile());
    }

    private final class Host implements AdapterHost {
        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<LocalSocket> find(String id) {
            var socket = sockets.get(id);
            return socket == null ? Optional.empty() : Optional.of(socket.asLocal());
        }

        @Override
        public Collection<LocalSocket> all() {
            return sockets.values().stream().map(ClientSocket::asLocal).toList();
        }

        @Override
        public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
            var prepared = ServedNamespace.this.prepare(event, options);
            return new PreparedEvent(event, new SharedPackets(prepared.packets()), prepared.isVolatile());
        }

        @Override
        public Optional<RecoveryOptions> recovery() {
            return ServedNamespace.this.recovery();
        }

        @Override
        public InstantSource clock() {
            return server.clock();
        }

        @Override
        public void serverSideEvent(Arguments event, Consumer<Arguments> answer) {
            var handler = serverHandlers.get(event.name());
            if (handler != null) {
                server.runServerSide(handler, new ReceivedEvent(event.name(), event, answer, server.json()));
            }
        }
    }
}
