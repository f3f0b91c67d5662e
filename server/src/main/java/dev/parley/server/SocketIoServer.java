package dev.parley.server;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.SessionOptions;
import dev.parley.protocol.engine.TransportKind;
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

/**
 * A Socket.IO server: namespaces, and the sessions that lead to them. {@link #listen(int)} puts it on a port of its own; {@code
 * SocketIoHttp} of the Vert.x module puts it on an HTTP server or router of the application's. Safe from any thread.
 */
public final class SocketIoServer implements Broadcasting, AutoCloseable {
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

    private SocketIoServer(ServerOptions options) {
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

    /** A server that is on no port yet. */
    public static SocketIoServer create(ServerOptions options) {
        return new SocketIoServer(options);
    }

    /** What it was made with. */
    public ServerOptions options() {
        return options;
    }

    /**
     * The namespace of this name, made when there is none; a missing slash in front is added. One whose name a pattern given before matches is
     * made as a client's asking would make it, with all that is registered there; a {@link NamespaceRule} is not asked, since it decides on
     * clients, and a namespace made here lets in who could not have made it.
     */
    public Namespace of(String name) {
        return namespaces.of(name);
    }

    /** Namespaces made when a client, or {@link #of(String)}, first asks for one whose whole name, slash included, matches. */
    public ParentNamespace of(Pattern pattern) {
        return namespaces.of(pattern);
    }

    /** Namespaces made when a client first asks for one that the rule accepts. */
    public ParentNamespace of(NamespaceRule rule) {
        return namespaces.of(rule);
    }

    /** Adds one who is told of each namespace that is made from here on, before anyone is in it. Must not block. */
    public SocketIoServer onNamespace(Consumer<Namespace> handler) {
        namespaces.onNew(handler);
        return this;
    }

    /** The default namespace, {@code /}; what is said to the server as a whole is said to it. */
    public Namespace sockets() {
        return of("/");
    }

    /** As {@link Namespace#use} of the default namespace. */
    public SocketIoServer use(Middleware step) {
        sockets().use(step);
        return this;
    }

    /** As {@link Namespace#onConnection} of the default namespace. */
    public SocketIoServer onConnection(Namespace.ConnectionHandler handler) {
        sockets().onConnection(handler);
        return this;
    }

    /** As {@link Namespace#onServerSide} of the default namespace. */
    public SocketIoServer onServerSide(String event, EventHandler handler) {
        sockets().onServerSide(event, handler);
        return this;
    }

    /** As {@link Namespace#serverSideEmit} of the default namespace. */
    public void serverSideEmit(String event, @Nullable Object... values) {
        sockets().serverSideEmit(event, values);
    }

    /** As {@link Namespace#serverSideCall} of the default namespace. */
    public Replies serverSideCall(Duration timeout, String event, @Nullable Object... values) {
        return sockets().serverSideCall(timeout, event, values);
    }

    /** As {@link Namespace#serverSideCallAsync} of the default namespace. */
    public CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values) {
        return sockets().serverSideCallAsync(timeout, event, values);
    }

    @Override
    public BroadcastOperator broadcast() {
        return sockets().broadcast();
    }

    /**
     * Listens on a port, on every address of the machine. As {@link #listen(ListenOptions)}.
     *
     * @param number 0 takes any free port
     * @return the port it listens on
     */
    public int listen(int number) {
        return listen(ListenOptions.builder().port(number).build());
    }

    /**
     * Listens on a port of one address, {@code 127.0.0.1} for programs of this machine only. As {@link #listen(ListenOptions)}.
     *
     * @param number 0 takes any free port
     * @return the port it listens on
     */
    public int listen(String host, int number) {
        return listen(ListenOptions.builder().host(host).port(number).build());
    }

    /**
     * Listens on a port, on every address of the machine, with options of the HTTP engine. As {@link #listen(ListenOptions)}.
     *
     * @param number 0 takes any free port
     * @return the port it listens on
     */
    public int listen(int number, HttpEngine.Options http) {
        return listen(ListenOptions.builder().port(number).http(http).build());
    }

    /**
     * Listens, with an HTTP server and threads of its own, until {@link #close}; the process lives as long. Blocks until clients can
     * connect. A server listens on one port at a time; after a failure nothing is left running, and it may be called again.
     *
     * @return the port it listens on
     * @throws ListenException          when the port is in use, or it cannot listen for another reason
     * @throws IllegalArgumentException when the options of the HTTP engine are not those of the engine on the class path
     * @throws IllegalStateException    when it listens already or is closed, when there is no HTTP engine on the class path, or on an
     *                                  event loop
     */
    public int listen(ListenOptions where) {
        return port.open(this, where);
    }

    /** Adds a listener that is called for connections, for logs and metrics. */
    public SocketIoServer addListener(ServerListener listener) {
        listeners.add(listener);
        return this;
    }

    /** How many sessions there are. */
    public int sessions() {
        return sessions.size();
    }

    /** How many sessions there are of a kind: a look at each, so for somebody who asks now and then. */
    public int sessions(TransportKind transport, EngineRevision revision) {
        return sessions.size(transport, revision);
    }

    /** What went through all sessions since the start. */
    public Traffic traffic() {
        return sessions.traffic();
    }

    /** What waits now: a look at every session and socket, so for somebody who asks now and then. */
    public Queues queues() {
        long[] bytes = sessions.queued();
        long events = 0;
        long most = 0;
        for (Namespace namespace : namespaces.all()) {
            for (Socket socket : namespace.sockets()) {
                long size = socket.mailbox().size();
                events += size;
                most = Math.max(most, size);
            }
        }
        return new Queues(bytes[0], bytes[1], events, most);
    }

    /** The memory that all clients together occupy, and what was done to bound it. */
    public MemoryUse memory() {
        var budget = sessions.budget();
        return new MemoryUse(budget.used(), budget.limit(), budget.ended(), pausedConnections.get(),
                waitingSenders.get());
    }

    /** Every namespace there is now. */
    public List<Namespace> allNamespaces() {
        return namespaces.all();
    }

    /**
     * Refuses new sessions, and moves the clients away one after the other, so that they do not all knock on another server's door at once:
     * each is told that its connection is lost, and comes back. Returns when none is left, or when the time is up; {@link #close} then ends
     * what remains. Blocks; call it once, on a thread of its own.
     *
     * @param notice how long nobody is moved, so that a load balancer can learn that this server is no longer for new clients
     * @param grace  how long it may take altogether
     * @param busy   whether a client is in the middle of something and is left alone as long as there is time; asked again and again
     */
    public void drain(Duration notice, Duration grace, Predicate<Socket> busy) throws InterruptedException {
        sessions.refuse();
        new Drain(() -> namespaces.all().stream().flatMap(each -> each.sockets().stream()).toList(), busy)
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
