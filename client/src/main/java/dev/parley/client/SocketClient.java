package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Socket.IO 5 client of one namespace: register handlers, {@link #connect}, {@link #emit} and {@link #call}, {@link #close}. Used by
 * the command line, the doctor, tests and the load driver.
 *
 * <p>
 * Thread-safe. Its methods block and are meant for virtual threads. Handlers run one at a time, in the order of arrival, on a virtual
 * thread of the client; they may block and call the client. While a handler is slow, events queue up to the limit; beyond it, the
 * connection is not read. Events emitted without a connection are refused, not queued.
 */
public final class SocketClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketClient.class);

    private final Wire wire;
    private final boolean ownsHttp;
    private final Dispatcher dispatcher;
    private final Map<String, List<Consumer<ReceivedEvent>>> handlers = new ConcurrentHashMap<>();
    private final List<Consumer<ReceivedEvent>> anyHandlers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Lifecycle>> lifecycleHandlers = new CopyOnWriteArrayList<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private final LinkOwner owner = new LinkOwner();
    private volatile @Nullable Link link;
    private volatile @Nullable Thread reconnecting;
    private volatile @Nullable Duration connectTime;

    private enum State {
        NEW,
        OPEN,
        CLOSED
    }

    /**
     * Creates a client with its own HTTP client. Nothing is sent before {@link #connect}.
     *
     * @throws IllegalArgumentException if {@code url} is not {@code http(s)://host[:port]}
     */
    public SocketClient(URI url, ClientOptions options) {
        this(new Wire(Wire.newHttpClient(options), Address.of(url, options), options), true);
    }

    /** Creates a client that shares an HTTP client, which then decides about cookies. */
    public SocketClient(HttpClient http, URI url, ClientOptions options) {
        this(new Wire(http, Address.of(url, options), options), false);
    }

    private SocketClient(Wire wire, boolean ownsHttp) {
        this.wire = wire;
        this.ownsHttp = ownsHttp;
        this.dispatcher = new Dispatcher(wire.options().limits().queuedEvents());
    }

    /** Adds a handler for one event. */
    public void on(String event, Consumer<ReceivedEvent> handler) {
        handlers.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(handler);
    }

    /** Adds a handler for every event. */
    public void onAny(Consumer<ReceivedEvent> handler) {
        anyHandlers.add(handler);
    }

    /** Adds a handler for changes of the connection; it may not learn of its own {@link #close}. */
    public void onLifecycle(Consumer<Lifecycle> handler) {
        lifecycleHandlers.add(handler);
    }

    /**
     * Connects to the server and the namespace; an upgrade follows in the background. Once in a client's life. The first connection is
     * not attempted again, whatever the reconnection options.
     *
     * @throws ClientException if that does not succeed; the client is then closed
     */
    public void connect() {
        if (!state.compareAndSet(State.NEW, State.OPEN)) {
            throw new IllegalStateException("connect() was called before");
        }
        dispatcher.start();
        try {
            open();
        } catch (ClientException e) {
            close();
            throw e;
        } catch (InterruptedException e) {
            close();
            throw interrupted();
        }
    }

    /**
     * Sends an event; waits for room in the queue if necessary. Arguments: {@code String}, {@code Number}, {@code Boolean},
     * {@code null}, {@code JsonNode}, {@code byte[]} (an attachment), and what Jackson can write.
     *
     * @throws ClientException if there is no connection, or no room in time
     */
    public void emit(String event, @Nullable Object... arguments) {
        try {
            current().emit(EventArguments.write(event, arguments));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Sends an event and waits for the server's ack.
     *
     * @throws ClientException if no answer came in time or the connection was lost meanwhile
     */
    public EventArguments call(String event, Duration timeout, @Nullable Object... arguments) {
        try {
            return EventArguments.read(current().call(EventArguments.write(event, arguments), timeout), 0);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    public boolean connected() {
        var open = link;
        return state.get() == State.OPEN && open != null && open.alive();
    }

    /** Returns the Socket.IO id of the present connection. */
    public String id() {
        return current().id().orElse("");
    }

    /** Returns the handshake of the present session. */
    public EngineHandshake handshake() {
        return current().engine().handshake();
    }

    /** Returns the transport in use: {@code "polling"} or {@code "websocket"}. */
    public String transport() {
        return current().engine().transportName();
    }

    /** Returns the time from the first request to the Engine.IO handshake. */
    public Duration handshakeTime() {
        return current().engine().handshakeTime();
    }

    /** Returns the time from the first request to joining the namespace, of the latest connection. */
    public Duration connectTime() {
        return Optional.ofNullable(connectTime).orElseThrow(SocketClient::notConnected);
    }

    /** Returns the time from the first request to the upgrade; empty before it. */
    public Optional<Duration> upgradeTime() {
        return current().engine().upgradeTime();
    }

    /** Leaves the namespace and closes the connection after the queued events, within about a second. Runs no handler afterwards. */
    @Override
    public void close() {
        state.set(State.CLOSED);
        var retry = reconnecting;
        if (retry != null) {
            retry.interrupt();
        }
        try {
            var open = link;
            if (open != null) {
                open.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dispatcher.stop();
            if (ownsHttp) {
                wire.http().shutdownNow();
            }
        }
    }

    private void open() throws InterruptedException {
        long begun = System.nanoTime();
        var fresh = new Link(wire, owner);
        link = fresh;
        fresh.open();
        if (state.get() == State.CLOSED) {
            fresh.close();
            throw notConnected();
        }
        connectTime = Duration.ofNanos(System.nanoTime() - begun);
    }

    private Link current() {
        var open = link;
        if (state.get() != State.OPEN || open == null) {
            throw notConnected();
        }
        return open;
    }

    private void reconnect() {
        var plan = wire.options().reconnection();
        String reason = "";
        try {
            for (int attempt = 1; attempt <= plan.attempts() && state.get() == State.OPEN; attempt++) {
                var wait = plan.before(attempt, ThreadLocalRandom.current().nextDouble());
                tell(new Lifecycle.Reconnecting(attempt, wait));
                Thread.sleep(wait);
                try {
                    open();
                    return;
                } catch (ClientException e) {
                    reason = String.valueOf(e.getMessage());
                }
            }
            tell(new Lifecycle.GaveUp(reason));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Lifecycle what) {
        dispatcher.post(() -> lifecycleHandlers.forEach(handler -> handler.accept(what)));
    }

    private void handle(Link from, SocketPacket.Event packet) {
        var event = new ReceivedEvent(packet, values -> answer(from, packet, values));
        anyHandlers.forEach(handler -> handler.accept(event));
        handlers.getOrDefault(event.name(), List.of()).forEach(handler -> handler.accept(event));
    }

    private static void answer(Link link, SocketPacket.Event packet, Arguments values) {
        Long id = packet.ackId();
        if (id != null) {
            try {
                link.answer(id, values);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private static ClientException notConnected() {
        return new ClientException(Kind.CLOSED, "There is no connection.");
    }

    private static ClientException interrupted() {
        Thread.currentThread().interrupt();
        return new ClientException(Kind.CLOSED, "The wait was interrupted.");
    }

    private final class LinkOwner implements Link.Owner {

        @Override
        public void awaitRoom() throws InterruptedException {
            dispatcher.awaitRoom();
        }

        @Override
        public void event(Link from, SocketPacket.Event event) {
            dispatcher.postEvent(() -> handle(from, event));
        }

        @Override
        public void happened(Link from, Lifecycle what) {
            tell(what);
        }

        @Override
        public void lost(Link from, String reason) {
            LOG.debug("connection ended: {}", reason);
            tell(new Lifecycle.Disconnected(reason));
            // As the official client has it: who was asked to leave stays away.
            boolean wanted = reason.startsWith("io ");
            if (!wanted && state.get() == State.OPEN && wire.options().reconnection().attempts() > 0) {
                reconnecting = Thread.ofVirtual()
                        .name("parley-client-reconnect")
                        .start(SocketClient.this::reconnect);
            }
        }
    }
}
