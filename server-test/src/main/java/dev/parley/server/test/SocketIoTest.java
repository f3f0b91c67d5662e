package dev.parley.server.test;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.server.ServerListener;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.transport.ServerGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a server in a test without a port, with clients in memory. All of the server above HTTP and WebSocket is real: sessions, packets,
 * namespaces, middleware, rooms, acknowledgements and handler threads.
 *
 * <p>
 * One thread is the event loop of all clients. Safe from any thread. A server belongs to one {@code SocketIoTest}, which closes it.
 */
public final class SocketIoTest implements AutoCloseable {
    private final SocketIoServer server;
    private final ServerGateway gateway;
    private final ValueCodec codec;
    private final Activity activity = new Activity();
    private final Queue<Throwable> clientFailures = new ConcurrentLinkedQueue<>();
    private final TestLoop loop = new TestLoop(activity, clientFailures::add);
    private final List<HandlerFailure> failures = new CopyOnWriteArrayList<>();
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<Socket, String> reasons = new ConcurrentHashMap<>();
    private volatile Duration timeout = Duration.ofSeconds(5);
    private volatile boolean stuck;
    private volatile boolean closed;

    private SocketIoTest(SocketIoServer server) {
        this.server = server;
        this.codec = new ValueCodec(server.options().jsonMapper().orElseGet(JsonMapper::shared));
        this.gateway = ServerGateway.of(server);
        gateway.handlerThreads(activity);
        gateway.eventLoops(loop::inLoop);
        server.addListener(new Recorder());
    }

    /** Runs a server, which must not listen on a port. Handlers may be registered before or afterwards. */
    public static SocketIoTest of(SocketIoServer server) {
        return new SocketIoTest(server);
    }

    /**
     * Sets the maximum time that a method waits for handlers, acknowledgements and events; then it throws an {@link AssertionError}.
     * Default: 5 s.
     *
     * @throws IllegalArgumentException when the time is not positive
     */
    public SocketIoTest timeout(Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("the timeout must be positive, and is " + value);
        }
        timeout = value;
        return this;
    }

    ServerGateway gateway() {
        return gateway;
    }

    /** The server under test. */
    public SocketIoServer server() {
        return server;
    }

    /** Returns a builder of clients with their own headers, query, credentials or handlers. */
    public ClientBuilder client() {
        return new ClientBuilder(this);
    }

    /** Connects a client with the defaults of {@link ClientBuilder}, as {@link ClientBuilder#connect}. */
    public TestClient connect(String namespace) {
        return client().connect(namespace);
    }

    /**
     * Connects a client with credentials, as {@link ClientBuilder#connect}.
     *
     * @param auth a value that Jackson writes as a JSON object, such as a map
     */
    public TestClient connect(String namespace, Object auth) {
        return client().auth(auth).connect(namespace);
    }

    /**
     * Waits until every handler has finished, or waits in a call for a client's acknowledgement, and clients have received all events sent
     * to them. Methods of {@link TestClient} call it themselves.
     *
     * @throws AssertionError when that has not happened in time
     */
    public void settle() {
        settle("the handlers", null);
    }

    /**
     * Moves the server's clock forward, and runs the timers that become due, in order: pings, and timeouts of calls, clients and recovery.
     * Returns when their handlers have finished. Does not move other clocks, such as those of the application.
     *
     * @throws IllegalArgumentException when the time is not positive
     * @throws IllegalStateException    in a handler, which must not wait
     * @throws AssertionError           when a handler has not finished in time
     */
    public void advance(Duration by) {
        if (!by.isPositive()) {
            throw new IllegalArgumentException("the time must be positive, and is " + by);
        }
        if (!mayWait()) {
            throw new IllegalStateException("A handler must not put the clock forward.");
        }
        settle();
        var left = by;
        while (left.isPositive()) {
            var step = loop.timers().next(left).orElse(left);
            gateway.advanceClock(step);
            loop.timers().advance(step);
            settle("what is due after " + by, null);
            left = left.minus(step);
        }
    }

    /** The exceptions of handlers and middleware so far, in their order. */
    public List<HandlerFailure> failures() {
        return List.copyOf(failures);
    }

    /** Closes the server; clients still connected get the reason {@code server shutting down}. Waits for handlers, up to the timeout. */
    @Override
    public void close() {
        closed = true;
        server.close();
        try {
            if (!stuck) {
                activity.await(timeout, () -> true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            activity.interrupt();
            loop.stop();
        }
    }

    ValueCodec codec() {
        return codec;
    }

    TestLoop loop() {
        return loop;
    }

    boolean mayWait() {
        return !loop.inLoop() && !activity.inHandler();
    }

    /** @param shared the connection to use; null for a new one */
    TestClient connect(ClientBuilder builder, @Nullable TestConnection shared, String name,
            @Nullable String auth) {
        if (!mayWait()) {
            throw new IllegalStateException("A handler must not wait for a client to connect.");
        }
        if (closed) {
            throw new IllegalStateException("The test is closed, and the server with it.");
        }
        String namespace = name.startsWith("/") ? name : "/" + name;
        var connection = shared == null ? new TestConnection(this) : shared;
        var client = new TestClient(this, builder, connection, namespace);
        var begun = loop.submit(() -> {
            if (shared == null) {
                connection.open(builder.handshake(server.options().path()));
            }
            connection.connect(client, auth);
            return client;
        });
        try {
            begun.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            // Thrown again here, so that the trace shows the test.
            throw e.getCause() instanceof IllegalStateException cause
                    ? new IllegalStateException(cause.getMessage(), cause)
                    : new IllegalStateException("The client could not connect to " + namespace + ".", e);
        } catch (TimeoutException e) {
            throw late("a connection to " + namespace, null);
        } catch (InterruptedException e) {
            throw interrupted("a connection to " + namespace);
        }
        await("the server to accept or refuse a client in " + namespace, client, client::decided);
        client.requireAccepted();
        return client;
    }

    void settle(String what, @Nullable TestClient client) {
        await(what, client, () -> true);
    }

    /** Waits until all is quiet and the condition holds; not at all in handlers, which would wait for themselves. */
    void await(String what, @Nullable TestClient client, BooleanSupplier condition) {
        if (!mayWait()) {
            return;
        }
        boolean there;
        try {
            there = activity.await(timeout, () -> !clientFailures.isEmpty() || condition.getAsBoolean());
        } catch (InterruptedException e) {
            throw interrupted(what);
        }
        var failure = clientFailures.poll();
        if (failure != null) {
            throw new AssertionError("A handler of a client failed: " + failure, failure);
        }
        if (!there) {
            throw late(what, client);
        }
    }

    /** The latest socket of an id, which is never absent once a client knows the id. */
    Optional<Socket> serverSocket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    Optional<String> serverReason(Socket socket) {
        return Optional.ofNullable(reasons.get(socket));
    }

    private AssertionError late(String what, @Nullable TestClient client) {
        stuck = !activity.description().isEmpty();
        String received = client == null ? "" : " " + client + " has received " + client.history() + ".";
        String running = activity.description();
        String failed = failures.isEmpty() ? "" : " Handlers failed: " + failures + ".";
        return new AssertionError("Waited " + timeout.toMillis() + " ms for " + what + "."
                + (running.isEmpty() ? " All handlers have finished." : " " + running) + received + failed);
    }

    private static AssertionError interrupted(String what) {
        Thread.currentThread().interrupt();
        return new AssertionError("The thread was interrupted while it waited for " + what + ".");
    }

    /**
     * An exception of a handler.
     *
     * @param socketId the socket id of the client
     * @param event    the name of the event; for other handlers {@code connection}, {@code middleware} or another name of the library
     * @param failure  the exception
     */
    public record HandlerFailure(String socketId, String event, Throwable failure) {}

    private final class Recorder implements ServerListener {
        @Override
        public void joined(String connection, Socket socket) {
            sockets.put(socket.id(), socket);
        }

        @Override
        public void left(String connection, Socket socket, CloseReason reason) {
            reasons.put(socket, reason.text());
        }

        @Override
        public void handlerFailed(String socketId, String event, Throwable failure) {
            failures.add(new HandlerFailure(socketId, event, failure));
        }
    }
}
