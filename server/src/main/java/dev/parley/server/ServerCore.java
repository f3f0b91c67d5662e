package dev.parley.server;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.ConnectionOptions;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.server.engine.MemoryBudget;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.engine.Sessions;
import dev.parley.server.engine.Traffic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server: what all its namespaces and connections have in common. Safe from any thread. */
final class ServerCore implements SocketIoServer, ForwardingBroadcasting {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoServer.class);
    private static final Duration LINGER = Duration.ofSeconds(30);
    private static final int MAX_NAMESPACES = 64;

    private final ServerOptions options;
    private final ConnectionOptions connectionOptions;
    private final SessionIds socketIds = new SessionIds("");
    private final ServerGateway gateway;
    private final Sessions sessions;
    private final Json json;
    private final long maxOutgoing;
    private final AtomicInteger pausedConnections = new AtomicInteger();
    private final AtomicInteger waitingSenders = new AtomicInteger();
    private final Waiting waiting = new Waiting();
    private final HandlerLog handlerLog = new HandlerLog(System::nanoTime);
    private final Namespaces namespaces = new Namespaces(this);
    private final OwnPort port = new OwnPort();
    private final CopyOnWriteArrayList<ServerListener> listeners = new CopyOnWriteArrayList<>();

    ServerCore(ServerOptions options) {
        this.options = options;
        this.json = options.jsonMapper().map(Json::of).orElse(Json.DEFAULT);
        boolean upgrades = options.allowUpgrades() && options.transports().contains(TransportKind.WEBSOCKET);
        long largest = options.memoryBudget() / 2;
        int maxPayload = Math.clamp(largest, 1, options.maxHttpBufferSize());
        this.maxOutgoing = Math.clamp(largest, 1, options.maxOutgoingSize());
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
        this.gateway = new ServerGateway(this, sessions, maxPayload);
        long maxAttachmentSize = Math.min(4L * maxPayload, Math.max(1, largest));
        var limits = new SocketLimits(options.maxAttachments(), maxAttachmentSize, options.maxJsonDepth());
        this.connectionOptions = new ConnectionOptions(options.connectTimeout(), MAX_NAMESPACES,
                options.maxPendingAcks(), limits, options.parser());
        of("/");
    }

    @Override
    public ServerOptions options() {
        return options;
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
        listeners.add(listener);
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
            for (ClientSocket socket : namespace.members()) {
                long size = socket.mailbox().size();
                events += size;
                most = Math.max(most, size);
            }
        }
        return new Queues(bytes[0], bytes[1], events, most);
    }

    @Override
    public MemoryUse memory() {
        var budget = sessions.budget();
        return new MemoryUse(budget.used(), budget.limit(), budget.ended(), pausedConnections.get(),
                waitingSenders.get());
    }

    @Override
    public List<Namespace> allNamespaces() {
        return List.copyOf(namespaces.all());
    }

    @Override
    public void drain(Duration notice, Duration grace, Predicate<Socket> busy) throws InterruptedException {
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
        sessions.close();
        namespaces.close();
        port.close();
    }

    /**
     * The one place that takes an application's server for what it is.
     *
     * @throws IllegalArgumentException when it is somebody else's implementation
     */
    static ServerCore behind(SocketIoServer server) {
        if (server instanceof ServerCore core) {
            return core;
        }
        throw new IllegalArgumentException(
                server.getClass().getName() + " was not made by SocketIoServer.create");
    }

    ServerGateway gateway() {
        return gateway;
    }

    HandlerThreads handlerThreads() {
        return waiting.handlerThreads();
    }

    Json json() {
        return json;
    }

    AtomicInteger pausedConnections() {
        return pausedConnections;
    }

    AtomicInteger waitingSenders() {
        return waitingSenders;
    }

    /** Refuses what is too large to be sent. */
    Arguments requireSendable(Arguments event) {
        if (event.weight() > maxOutgoing) {
            throw new IllegalArgumentException("an event or acknowledgement of " + event.weight()
                    + " bytes is larger than maxOutgoingSize, or half of memoryBudget, allows: "
                    + maxOutgoing);
        }
        return event;
    }

    Waiting waiting() {
        return waiting;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    ConnectionOptions connectionOptions() {
        return connectionOptions;
    }

    InstantSource clock() {
        return sessions.clock();
    }

    String socketId() {
        return socketIds.next();
    }

    void handlerFailed(String socketId, String event, Throwable failure) {
        handlerLog.failed(socketId, event, failure);
        tell(listener -> listener.handlerFailed(socketId, event, failure));
    }

    void handlerSlow(String socketId, String event, Duration took, boolean inline) {
        if (inline) {
            handlerLog.blocked(socketId, event, took);
        }
        tell(listener -> listener.slowHandler(socketId, event, took));
    }

    void runServerSide(EventHandler handler, Event event) {
        new Mailbox(Mailbox.Load.NONE, (name, failure) -> handlerFailed("another server", name, failure),
                options.slowHandler(), (name, took, inline) -> {}, handlerThreads(), System::nanoTime)
                .run(event.name(), () -> handler.on(event));
    }

    void tell(Consumer<ServerListener> news) {
        tell(listeners, news);
    }

    <T> void tell(List<T> all, Consumer<T> news) {
        for (T listener : all) {
            try {
                news.accept(listener);
            } catch (Throwable e) {
                LOG.error("A listener failed", e);
            }
        }
    }
}
