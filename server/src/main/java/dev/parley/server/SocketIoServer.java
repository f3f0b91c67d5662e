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
 * A Socket.IO server: namespaces, and the sessions that lead to them. {@link #listen(int)} puts it on a port of its own; {@code
 * SocketIoHttp} of the Vert.x module puts it on an HTTP server or router of the application's. Safe from any thread. Made by {@link
 * #create}: applications do not implement it, and methods may be added.
 */
public interface SocketIoServer extends Broadcasting, AutoCloseable {
    /** A server that is on no port yet. */
    static SocketIoServer create(ServerOptions options) {
        return new ServerCore(options);
    }

    /** What it was made with. */
    ServerOptions options();

    /**
     * The namespace of this name, made when there is none; a missing slash in front is added. One whose name a pattern given before matches is
     * made as a client's asking would make it, with all that is registered there; a {@link NamespaceRule} is not asked, since it decides on
     * clients, and a namespace made here lets in who could not have made it.
     */
    Namespace of(String name);

    /** Namespaces made when a client, or {@link #of(String)}, first asks for one whose whole name, slash included, matches. */
    ParentNamespace of(Pattern pattern);

    /** Namespaces made when a client first asks for one that the rule accepts. */
    ParentNamespace of(NamespaceRule rule);

    /** Adds one who is told of each namespace that is made from here on, before anyone is in it. Must not block. */
    SocketIoServer onNamespace(Consumer<Namespace> handler);

    /** The default namespace, {@code /}; what is said to the server as a whole is said to it. */
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
     * Listens, with an HTTP server and threads of its own, until {@link #close}; the process lives as long. Blocks until clients can
     * connect. A server listens on one port at a time; after a failure nothing is left running, and it may be called again.
     *
     * @return the port it listens on
     * @throws ListenException          when the port is in use, or it cannot listen for another reason
     * @throws IllegalArgumentException when the options of the HTTP engine are not those of the engine on the class path
     * @throws IllegalStateException    when it listens already or is closed, when there is no HTTP engine on the class path, or on an
     *                                  event loop
     */
    int listen(ListenOptions where);

    /** Adds a listener that is called for connections, for logs and metrics. */
    SocketIoServer addListener(ServerListener listener);

    /** How many sessions there are. */
    int sessions();

    /** How many sessions there are of a kind: a look at each, so for somebody who asks now and then. */
    int sessions(TransportKind transport, EngineRevision revision);

    /** What went through all sessions since the start. */
    Traffic traffic();

    /** What waits now: a look at every session and socket, so for somebody who asks now and then. */
    Queues queues();

    /** The memory that all clients together occupy, and what was done to bound it. */
    MemoryUse memory();

    /** Every namespace there is now. */
    List<Namespace> allNamespaces();

    /**
     * Refuses new sessions, and moves the clients away one after the other, so that they do not all knock on another server's door at once:
     * each is told that its connection is lost, and comes back. Returns when none is left, or when the time is up; {@link #close} then ends
     * what remains. Blocks; call it once, on a thread of its own.
     *
     * @param notice how long nobody is moved, so that a load balancer can learn that this server is no longer for new clients
     * @param grace  how long it may take altogether
     * @param busy   whether a client is in the middle of something and is left alone as long as there is time; asked again and again
     */
    void drain(Duration notice, Duration grace, Predicate<Socket> busy) throws InterruptedException;

    /**
     * Ends every session with the reason {@code server shutting down} and refuses new ones; then stops listening, if it does, and waits for
     * the end of its threads, except on an event loop. May be called again.
     */
    @Override
    void close();
}
