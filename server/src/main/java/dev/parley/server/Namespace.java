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

/** A channel of its own over the clients' connections. Safe from any thread. */
public final class Namespace implements Broadcasting {
    private final String name;
    private final SocketIoServer server;
    private final @Nullable ParentNamespace parent;
    private final Adapter adapter;
    private final BroadcastOperator everyone;
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    private final List<ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, EventHandler> serverHandlers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Socket> sockets = new ConcurrentHashMap<>();
    /** How many are in it or on their way in; changed only in the table of {@link Namespaces}. */
    int occupants;

    Namespace(String name, SocketIoServer server, @Nullable ParentNamespace parent) {
        this.name = name;
        this.server = server;
        this.parent = parent;
        if (parent != null) {
            middleware.addAll(parent.middleware);
            connectionHandlers.addAll(parent.connectionHandlers);
        }
        this.adapter = server.options().adapter().create(new Host());
        this.everyone = new BroadcastOperator(adapter, BroadcastOptions.ALL, server.options().ackTimeout(),
                server);
    }

    /** Begins with a slash; the default one is {@code /}. */
    public String name() {
        return name;
    }

    /** The server it belongs to. */
    public SocketIoServer server() {
        return server;
    }

    /** What keeps its rooms. */
    public Adapter adapter() {
        return adapter;
    }

    /** Adds a step that each client has to pass before it is in, after those added before. */
    public Namespace use(Middleware step) {
        middleware.add(step);
        return this;
    }

    /** Adds a handler of each client that joins, run on the socket's virtual thread before any of its events. It may block. */
    public Namespace onConnection(ConnectionHandler handler) {
        connectionHandlers.add(handler);
        return this;
    }

    /** Those here now, on this server. */
    public Collection<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    /** The socket of this id, when it is on this server. */
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    @Override
    public BroadcastOperator broadcast() {
        return everyone;
    }

    /** Sets the handler of an event that another server of the cluster sent with {@link #serverSideEmit}. */
    public Namespace onServerSide(String event, EventHandler handler) {
        serverHandlers.put(event, handler);
        return this;
    }

    /** Sends an event to this namespace on the other servers of the cluster, not to this one; alone, it reaches nobody. */
    public void serverSideEmit(String event, @Nullable Object... values) {
        adapter.serverSideEmit(server.json().event(event, values));
    }

    /**
     * {@link #serverSideEmit} with the other servers' answers, waited for; call it on a virtual thread.
     *
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public Replies serverSideCall(Duration timeout, String event, @Nullable Object... values) {
        return server.waiting().on(() -> serverSideCallAsync(timeout, event, values));
    }

    /** {@link #serverSideCall} without waiting; never completed exceptionally. */
    public CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values) {
        var collecting = new Collecting(1, server.json());
        adapter.serverSideEmit(server.json().event(event, values), timeout, collecting);
        return collecting.result(timeout);
    }

    @Nullable ParentNamespace parent() {
        return parent;
    }

    /** Whether clients are let in without anything that might block. */
    boolean isOpen() {
        return middleware.isEmpty() && recovery().isEmpty();
    }

    Optional<RecoveryOptions> recovery() {
        return server.options().connectionStateRecovery();
    }

    void admit(Socket socket) throws Exception {
        for (Middleware step : middleware) {
            step.on(socket);
        }
    }

    void joined(Socket socket) {
        sockets.put(socket.id(), socket);
        socket.join(socket.id());
    }

    void left(Socket socket) {
        sockets.remove(socket.id(), socket);
    }

    void runHandlers(Socket socket) throws Exception {
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

    /** Takes a client that joined. */
    @FunctionalInterface
    public interface ConnectionHandler {
        // Exception, for the reason given in EventHandler.
        /** Takes one client. */
        void on(Socket socket) throws Exception;
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
            return sockets.values().stream().map(Socket::asLocal).toList();
        }

        @Override
        public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
            var prepared = Namespace.this.prepare(event, options);
            return new PreparedEvent(event, new SharedPackets(prepared.packets()), prepared.isVolatile());
        }

        @Override
        public Optional<RecoveryOptions> recovery() {
            return Namespace.this.recovery();
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
