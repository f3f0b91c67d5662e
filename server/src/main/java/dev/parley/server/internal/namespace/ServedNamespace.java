package dev.parley.server.internal.namespace;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import dev.parley.server.Event;
import dev.parley.server.EventHandler;
import dev.parley.server.Middleware;
import dev.parley.server.Namespace;
import dev.parley.server.Replies;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.adapter.SharedPackets;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.handler.HandlerQueue;
import dev.parley.server.internal.json.IncomingEvent;
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

/** A namespace and its members on this server. Safe from any thread. */
public final class ServedNamespace implements Namespace, ForwardingBroadcasting {
    private final String name;
    private final SocketIoServer server;
    private final ServerContext context;
    private final @Nullable NamespaceFamily parent;
    private final Adapter adapter;
    private final Broadcast everyone;
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    private final List<ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, EventHandler> serverHandlers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, NamespaceMember> sockets = new ConcurrentHashMap<>();
    /** Number of clients that are in it or ask to join; changed only in the table of {@link Namespaces}. */
    int occupants;

    ServedNamespace(String name, SocketIoServer server, ServerContext context,
            @Nullable NamespaceFamily parent) {
        this.name = name;
        this.server = server;
        this.context = context;
        this.parent = parent;
        if (parent != null) {
            middleware.addAll(parent.middleware);
            connectionHandlers.addAll(parent.connectionHandlers);
        }
        this.adapter = context.options().adapter().create(new Host());
        this.everyone = new Broadcast(adapter, BroadcastOptions.ALL, context.options().ackTimeout(), context);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SocketIoServer server() {
        return server;
    }

    /** Returns what the namespaces of the server share. */
    public ServerContext context() {
        return context;
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

    /** Returns a live view of the clients in it. */
    public Collection<NamespaceMember> members() {
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
        adapter.serverSideEmit(context.json().event(event, values));
    }

    @Override
    public Replies serverSideCall(Duration timeout, String event, @Nullable Object... values) {
        return context.blockingCalls().on(() -> serverSideCallAsync(timeout, event, values));
    }

    @Override
    public CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values) {
        var collecting = AckAggregator.ofOneCount(context.json());
        adapter.serverSideEmit(context.json().event(event, values), timeout, collecting);
        return collecting.result(timeout);
    }

    @Nullable NamespaceFamily parent() {
        return parent;
    }

    /** Returns whether clients join without middleware and recovery, which may block. */
    public boolean isOpen() {
        return middleware.isEmpty() && recovery().isEmpty();
    }

    public Optional<RecoveryOptions> recovery() {
        return context.options().connectionStateRecovery();
    }

    public void admit(Socket socket) throws Exception {
        for (Middleware step : middleware) {
            step.on(socket);
        }
    }

    public void joined(NamespaceMember socket) {
        sockets.put(socket.id(), socket);
        socket.join(socket.id());
    }

    public void left(NamespaceMember socket) {
        sockets.remove(socket.id(), socket);
    }

    public void runHandlers(Socket socket) throws Exception {
        for (ConnectionHandler handler : connectionHandlers) {
            handler.on(socket);
        }
    }

    private void runServerSide(EventHandler handler, Event event) {
        new HandlerQueue(HandlerQueue.Load.NONE,
                (name, failure) -> context.handlerFailed("another server", name, failure),
                context.options().slowHandler(), (name, took, inline) -> {},
                context.blockingCalls().handlerThreads(), System::nanoTime)
                .run(event.name(), () -> handler.on(event));
    }

    public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
        var packets = context.options().parser().encode(new SocketPacket.Event(name, null, event));
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
            return Optional.ofNullable(sockets.get(id));
        }

        @Override
        public Collection<LocalSocket> all() {
            return List.copyOf(sockets.values());
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
            return context.clock();
        }

        @Override
        public void serverSideEvent(Arguments event, Consumer<Arguments> answer) {
            var handler = serverHandlers.get(event.name());
            if (handler != null) {
                runServerSide(handler, new IncomingEvent(event.name(), event, answer, context.json()));
            }
        }
    }
}
