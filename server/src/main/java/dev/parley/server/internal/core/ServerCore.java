package dev.parley.server.internal.core;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import dev.parley.server.BroadcastOperator;
import dev.parley.server.EventHandler;
import dev.parley.server.ListenOptions;
import dev.parley.server.MemoryUse;
import dev.parley.server.Middleware;
import dev.parley.server.Namespace;
import dev.parley.server.NamespaceRule;
import dev.parley.server.ParentNamespace;
import dev.parley.server.Queues;
import dev.parley.server.Replies;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.MemoryBudget;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.engine.SessionRouting;
import dev.parley.server.engine.Sessions;
import dev.parley.server.engine.Traffic;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.namespace.ForwardingBroadcasting;
import dev.parley.server.internal.namespace.NamespaceMember;
import dev.parley.server.internal.namespace.Namespaces;
import dev.parley.server.internal.namespace.ServedNamespace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server: its namespaces, its sessions and the port that it listens on. Safe from any thread. */
public final class ServerCore implements SocketIoServer, ForwardingBroadcasting {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoServer.class);
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final Sessions sessions;
    private final int maxPayload;
    private final ServerContext context;
    private final Namespaces namespaces;
    private final ListeningPort port = new ListeningPort();

    ServerCore(ServerOptions options) {
        boolean upgrades = options.allowUpgrades() && options.transports().contains(TransportKind.WEBSOCKET);
        this.maxPayload = Math.clamp(options.memoryBudget() / 2, 1, options.maxHttpBufferSize());
        if (maxPayload < options.maxHttpBufferSize()) {
            LOG.info(
                    "Clients may send {} bytes at once, not maxHttpBufferSize = {}: one message may use half of"
                            + " memoryBudget = {}. Raise memoryBudget, or the heap, to allow more.",
                    maxPayload, options.maxHttpBufferSize(), options.memoryBudget());
        }
        var sessionOptions = new SessionOptions(options.pingInterval(), options.pingTimeout(),
                options.upgradeTimeout(), LINGER, maxPayload, options.maxPacketsPerPayload(),
                options.maxQueuedBytes(), upgrades);
        this.sessions = new Sessions(new SessionIds(options.nodeTag()), sessionOptions,
                new MemoryBudget(options.memoryBudget()), options.maxSessions());
        this.context = new ServerContext(options, maxPayload, sessions.clock());
        this.namespaces = new Namespaces(this, context);
        of("/");
    }

    @Override
    public ServerOptions options() {
        return context.options();
    }

    @Override
    public ServedNamespace of(String name) {
        return namespaces.of(name);
    }

    @Override
    public ParentNamespace of(Pattern pattern) {
        return namespaces.of(pattern);
    }

    @Override
    public ParentNamespace of(NamespaceRule rule) {
        return namespaces.of(rule);
    }

    @Override
    public SocketIoServer onNamespace(Consumer<Namespace> handler) {
        namespaces.onNew(handler);
        return this;
    }

    @Override
    public ServedNamespace sockets() {
        return of("/");
    }

    @Override
    public SocketIoServer use(Middleware step) {
        sockets().use(step);
        return this;
    }

    @Override
    public SocketIoServer onConnection(Namespace.ConnectionHandler handler) {
        sockets().onConnection(handler);
        return this;
    }

    @Override
    public SocketIoServer onServerSide(String event, EventHandler handler) {
        sockets().onServerSide(event, handler);
        return this;
    }

    @Override
    public void serverSideEmit(String event, @Nullable Object... values) {
        sockets().serverSideEmit(event, values);
    }

    @Override
    public Replies serverSideCall(Duration timeout, String event, @Nullable Object... values) {
        return sockets().serverSideCall(timeout, event, values);
    }

    @Override
    public CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values) {
        return sockets().serverSideCallAsync(timeout, event, values);
    }

    @Override
    public BroadcastOperator broadcast() {
        return sockets().broadcast();
    }

    @Override
    public int listen(ListenOptions where) {
        return port.open(this, where);
    }

    @Override
    public SocketIoServer addListener(ServerListener listener) {
        context.addListener(listener);
        return this;
    }

    @Override
    public int sessions() {
        return sessions.size();
    }

    @Override
    public int sessions(TransportKind transport, EngineRevision revision) {
        return sessions.size(transport, revision);
    }

    @Override
    public Traffic traffic() {
        return sessions.traffic();
    }

    @Override
    public Queues queues() {
        long[] bytes = sessions.queued();
        long events = 0;
        long most = 0;
        for (ServedNamespace namespace : namespaces.all()) {
            for (NamespaceMember socket : namespace.members()) {
                long size = socket.queuedTasks();
                events += size;
                most = Math.max(most, size);
            }
        }
        return new Queues(bytes[0], bytes[1], events, most);
    }

    @Override
    public MemoryUse memory() {
        var budget = sessions.budget();
        return new MemoryUse(budget.used(), budget.limit(), budget.ended(), context.pausedConnections().get(),
                context.waitingSenders().get());
    }

    @Override
    public List<Namespace> allNamespaces() {
        return List.copyOf(namespaces.all());
    }

    @Override
    public void drain(Duration notice, Duration grace, Predicate<Socket> busy) throws InterruptedException {
        options().routing().ifPresent(SessionRouting::drain);
        sessions.refuse();
        new Drain(() -> namespaces.all().stream().flatMap(each -> each.members().stream()).toList(), busy)
                .run(notice, grace);
    }

    /**
     * Ends every session with the reason {@code server shutting down} and refuses new ones; then stops listening, if it does, and waits for
     * the end of its threads, except on an event loop. May be called again.
     */
    @Override
    public void close() {
        options().routing().ifPresent(SessionRouting::leaving);
        sessions.close();
        namespaces.close();
        port.close();
    }

    /**
     * Returns the implementation of a server: the only cast from the interface that applications hold.
     *
     * @throws IllegalArgumentException when the server was not created by {@link SocketIoServer#create}
     */
    public static ServerCore behind(SocketIoServer server) {
        if (server instanceof ServerCore core) {
            return core;
        }
        throw new IllegalArgumentException(
                server.getClass().getName() + " was not made by SocketIoServer.create");
    }

    /** Returns what the namespaces and connections share. */
    public ServerContext context() {
        return context;
    }

    /** Returns the namespaces. */
    public Namespaces namespaces() {
        return namespaces;
    }

    /** Returns the table of the sessions. */
    public Sessions table() {
        return sessions;
    }

    /** Returns the maximum size of a message or request body, in bytes, as clients are told. */
    public int maxPayload() {
        return maxPayload;
    }
}
