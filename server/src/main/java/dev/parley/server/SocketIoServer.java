package dev.parley.server;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.engine.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server: its namespaces, and the sessions of its clients. {@link #listen(int)} opens a port for it; {@code SocketIoHttp} of
 * the Vert.x module mounts it on the application's own HTTP server or router. Safe from any thread. Created by {@link #create}:
 * applications do not implement it, and methods may be added.
 */
public interface SocketIoServer extends Broadcasting, AutoCloseable {
    /** Creates a server, which does not listen yet. */
    static SocketIoServer create(ServerOptions options) {
        return LoadedProvider.INSTANCE.create(options);
    }

    /** The options that the server was created with. */
    ServerOptions options();

    /**
     * Returns the namespace of this name, and creates it if it does not exist; a missing slash in front is added. If the name matches a
     * pattern given to {@link #of(Pattern)} before, the new namespace gets the handlers and middleware registered there. A {@link
     * NamespaceRule} is not called, as it decides about clients: all clients may then join the namespace, even those that the rule would
     * refuse.
     */
    Namespace of(String name);

    /** Namespaces created when a client, or {@link #of(String)}, first names one whose whole name, including the slash, matches. */
    ParentNamespace of(Pattern pattern);

    /** Namespaces created when a client first asks to join one that the rule accepts. */
    ParentNamespace of(NamespaceRule rule);

    /** Adds a handler called with each namespace that is created from now on, before a client is in it. It must not block. */
    SocketIoServer onNamespace(Consumer<Namespace> handler);

    /** The default namespace, {@code /}. Methods of the server that send, or register handlers, act on it. */
    Namespace sockets();

    /** As {@link Namespace#use} of the default namespace. */
    SocketIoServer use(Middleware step);

    /** As {@link Namespace#onConnection} of the default namespace. */
    SocketIoServer onConnection(Namespace.ConnectionHandler handler);

    /** As {@link Namespace#onServerSide} of the default namespace. */
    SocketIoServer onServerSide(String event, EventHandler handler);

    /** As {@link Namespace#serverSideEmit} of the default namespace. */
    void serverSideEmit(String event, @Nullable Object... values);

    /** As {@link Namespace#serverSideCall} of the default namespace. */
    Replies serverSideCall(Duration timeout, String event, @Nullable Object... values);

    /** As {@link Namespace#serverSideCallAsync} of the default namespace. */
    CompletableFuture<Replies> serverSideCallAsync(Duration timeout, String event,
            @Nullable Object... values);

    /**
     * Listens on a port, on every address of the machine. As {@link #listen(ListenOptions)}.
     *
     * @param number 0 takes any free port
     * @return the port it listens on
     */
    default int listen(int number) {
        return listen(ListenOptions.builder().port(number).build());
    }

    /**
     * Listens on a port of one address, {@code 127.0.0.1} for programs of this machine only. As {@link #listen(ListenOptions)}.
     *
     * @param number 0 takes any free port
     * @return the port it listens on
     */
    default int listen(String host, int number) {
        return listen(ListenOptions.builder().host(host).port(number).build());
    }

    /**
     * Listens on a port, on every address of the machine, with options of the HTTP engine. As {@link #listen(ListenOptions)}.
     *
     * @param number 0 takes any free port
     * @return the port it listens on
     */
    default int listen(int number, HttpEngine.Options http) {
        return listen(ListenOptions.builder().port(number).http(http).build());
    }

    /**
     * Listens, with an HTTP server and threads of its own, until {@link #close}; they keep the process alive. Blocks until clients can
     * connect. A server listens on one port at a time. After a failure nothing is left running, and this method may be called again.
     *
     * @return the port it listens on
     * @throws ListenException          when the port is in use, or the server cannot listen for another reason
     * @throws IllegalArgumentException when the options of the HTTP engine are not those of the engine on the class path
     * @throws IllegalStateException    when the server listens already or is closed, when there is no HTTP engine on the class path, or on
     *                                  an event loop
     */
    int listen(ListenOptions where);

    /** Adds a listener that is called for connections, for logs and metrics. */
    SocketIoServer addListener(ServerListener listener);

    /** The number of open sessions. */
    int sessions();

    /** The number of open sessions of one transport and revision. Visits every session: for metrics, not for each event. */
    int sessions(TransportKind transport, EngineRevision revision);

    /** Totals of messages and bytes of all sessions since the start. */
    Traffic traffic();

    /** The current lengths of the queues. Visits every session and socket: for metrics, not for each event. */
    Queues queues();

    /** The memory that all clients together occupy, its limit, and the sessions ended because of it. */
    MemoryUse memory();

    /** A copy of the list of all current namespaces. */
    List<Namespace> allNamespaces();

    /**
     * Refuses new sessions, and disconnects the present clients spread over time, so that they do not all reconnect to another server at
     * once: each loses its connection and reconnects. Returns when no client is left, or when the time is up; {@link #close} then ends the
     * remaining sessions. Blocks; call it once, on a thread of its own.
     *
     * @param notice time at the beginning in which no client is disconnected, so that a load balancer can notice
     * @param grace  maximum time altogether, {@code notice} included
     * @param busy   returns true for a client that must not be interrupted yet; called repeatedly, until {@code grace} is over
     * @throws InterruptedException when the calling thread is interrupted; new sessions are refused from then on too
     */
    void drain(Duration notice, Duration grace, Predicate<Socket> busy) throws InterruptedException;

    /**
     * Ends every session with the reason {@code server shutting down} and refuses new ones. Then stops listening, if the server listens,
     * and blocks until its threads have ended, except on an event loop. Further calls do nothing.
     */
    @Override
    void close();
}
