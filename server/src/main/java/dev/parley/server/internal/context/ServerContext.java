package dev.parley.server.internal.context;

import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.ConnectionOptions;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.internal.json.CredentialsReader;
import dev.parley.server.internal.json.JsonCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context that all namespaces and connections of one server share: options, clock, JSON, limits, counters and listeners. Safe from any
 * thread.
 */
public final class ServerContext {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoServer.class);
    private static final int MAX_NAMESPACES = 64;

    private final ServerOptions options;
    private final InstantSource clock;
    private final ConnectionOptions connectionOptions;
    private final long maxOutgoing;
    private final JsonCodec json;
    private final Handshake.AuthReader authReader;
    private final SessionIds socketIds = new SessionIds("");
    private final AtomicInteger pausedConnections = new AtomicInteger();
    private final AtomicInteger waitingSenders = new AtomicInteger();
    private final BlockingCalls blockingCalls = new BlockingCalls();
    private final HandlerLog handlerLog = new HandlerLog(System::nanoTime);
    private final List<ServerListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Creates the context of a server.
     *
     * @param maxPayload maximum size of a message or request body, in bytes, as clients are told
     * @param clock      the clock of the sessions
     */
    public ServerContext(ServerOptions options, int maxPayload, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.json = options.jsonMapper().map(JsonCodec::of).orElse(JsonCodec.DEFAULT);
        this.authReader = new CredentialsReader(json);
        long largest = options.memoryBudget() / 2;
        this.maxOutgoing = Math.clamp(largest, 1, options.maxOutgoingSize());
        long maxAttachmentSize = Math.min(4L * maxPayload, Math.max(1, largest));
        var limits = new SocketLimits(options.maxAttachments(), maxAttachmentSize, options.maxJsonDepth());
        this.connectionOptions = new ConnectionOptions(options.connectTimeout(), MAX_NAMESPACES,
                options.maxPendingAcks(), limits, options.parser());
    }

    /** Returns the options of the server. */
    public ServerOptions options() {
        return options;
    }

    /** Returns the clock of the sessions, whose instants cannot be compared with the wall clock. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns the options of each Socket.IO connection. */
    public ConnectionOptions connectionOptions() {
        return connectionOptions;
    }

    /** Returns the codec of events and acknowledgements. */
    public JsonCodec json() {
        return json;
    }

    /** Returns the reader of auth objects. */
    public Handshake.AuthReader authReader() {
        return authReader;
    }

    /** Returns a new random socket id. */
    public String socketId() {
        return socketIds.next();
    }

    /** Returns the number of connections whose reading is paused. */
    public AtomicInteger pausedConnections() {
        return pausedConnections;
    }

    /** Returns the number of threads that wait for room in a send queue. */
    public AtomicInteger waitingSenders() {
        return waitingSenders;
    }

    /** Returns the blocking form of calls. */
    public BlockingCalls blockingCalls() {
        return blockingCalls;
    }

    /**
     * Returns the event.
     *
     * @throws IllegalArgumentException when it is larger than clients may be sent
     */
    public Arguments requireSendable(Arguments event) {
        if (event.weight() > maxOutgoing) {
            throw new IllegalArgumentException("an event or acknowledgement of " + event.weight()
                    + " bytes is larger than maxOutgoingSize, or half of memoryBudget, allows: "
                    + maxOutgoing);
        }
        return event;
    }

    /** Logs the failure of a handler and reports it to the listeners. */
    public void handlerFailed(String socketId, String event, Throwable failure) {
        handlerLog.failed(socketId, event, failure);
        tell(listener -> listener.handlerFailed(socketId, event, failure));
    }

    /** Reports a slow handler to the listeners, and logs it if it ran inline and so blocked an event loop. */
    public void handlerSlow(String socketId, String event, Duration took, boolean inline) {
        if (inline) {
            handlerLog.blocked(socketId, event, took);
        }
        tell(listener -> listener.slowHandler(socketId, event, took));
    }

    /** Adds a listener of the server. */
    public void addListener(ServerListener listener) {
        listeners.add(listener);
    }

    /** Calls all listeners of the server. */
    public void tell(Consumer<ServerListener> news) {
        tell(listeners, news);
    }

    /** Calls all of these listeners. The failure of one is logged and does not keep the others from being called. */
    public <T> void tell(List<T> all, Consumer<T> news) {
        for (T listener : all) {
            try {
                news.accept(listener);
            } catch (Throwable e) {
                LOG.error("A listener failed", e);
            }
        }
    }
}
