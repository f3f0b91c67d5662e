package dev.parley.server.test;

import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import dev.parley.server.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client in memory, in one namespace. Each method that acts returns when its effects are complete: every handler of the server has
 * finished, or waits in a call for a client's acknowledgement, and clients have received all events sent to them. If that takes longer
 * than the {@linkplain SocketIoTest#timeout timeout}, the method throws an {@link AssertionError} that names the running handlers. Safe
 * from any thread; methods called in a handler of the server or of a client do not wait. Keeps received events until {@link #clear}.
 */
public final class TestClient {
    private final SocketIoTest test;
    private final ClientBuilder origin;
    private final TestConnection connection;
    private final String namespace;
    private final Map<String, Consumer<ReceivedEvent>> handlers;
    private final List<ReceivedEvent> events = new CopyOnWriteArrayList<>();
    private final Map<Long, CompletableFuture<ReceivedValues>> calls = new ConcurrentHashMap<>();
    private final AtomicLong nextCall = new AtomicLong();
    private volatile String id = "";
    private volatile Optional<Socket> serverSocket = Optional.empty();
    private volatile @Nullable String recoveryId;
    private volatile @Nullable String offset;
    private volatile @Nullable JsonNode refusal;
    private volatile @Nullable String reason;

    TestClient(SocketIoTest test, ClientBuilder origin, TestConnection connection, String namespace) {
        this.test = test;
        this.origin = origin;
        this.connection = connection;
        this.namespace = namespace;
        this.handlers = new ConcurrentHashMap<>(origin.handlers());
    }

    /** The name of the namespace, which begins with a slash. */
    public String namespace() {
        return namespace;
    }

    /** The socket id, as {@link Socket#id} of {@link #serverSocket}. */
    public String id() {
        return id;
    }

    /** Returns whether the client is still in its namespace. */
    public boolean connected() {
        test.settle();
        return reason == null;
    }

    /** The server's socket of this client, to look at rooms and data. Also available after the client has left. */
    public Socket serverSocket() {
        return serverSocket.orElseThrow();
    }

    /**
     * Sends an event, and returns when its handlers have finished.
     *
     * @param values strings, numbers, booleans, null, byte arrays (sent as attachments), and all other values that Jackson can write
     * @throws IllegalArgumentException when the event's name is reserved
     * @throws IllegalStateException    when the client is not connected
     * @throws AssertionError           when a handler has not finished in time
     */
    public void emit(String event, @Nullable Object... values) {
        transmit(event, null, test.codec().write(event, values));
    }

    /**
     * Sends an event and waits for the acknowledgement. If the handler itself waits for an acknowledgement of this client, set it with
     * {@link #answer} before, or use {@link #callAsync} and {@link ReceivedEvent#ack}.
     *
     * @param values as for {@link #emit}
     * @throws IllegalStateException when the client is not connected, or in a handler, which must not wait
     * @throws AssertionError        when the event is not acknowledged in time, its handler failed, or the client was disconnected
     */
    public ReceivedValues call(String event, @Nullable Object... values) {
        if (!test.mayWait()) {
            throw new IllegalStateException("A handler must not wait for an acknowledgement: use callAsync.");
        }
        var earlier = test.failures();
        var reply = callAsync(event, values);
        String what = "the acknowledgement of \"" + event + "\"";
        test.await(what, this, () -> reply.isDone() || failureSince(earlier, event).isPresent());
        if (!reply.isDone()) {
            var failure = failureSince(earlier, event).orElseThrow().failure();
            throw new AssertionError(
                    "The handler of \"" + event + "\" failed without an acknowledgement: " + failure,
                    failure);
        }
        if (reply.isCompletedExceptionally()) {
            throw new AssertionError("Waited for " + what + ", but " + this + " was disconnected: " + reason);
        }
        return reply.join();
    }

    /**
     * Sends an event that asks for an acknowledgement. Returns when its handlers have finished, or wait for an acknowledgement of a client.
     *
     * @param values as for {@link #emit}
     * @return the acknowledgement; completed exceptionally with an {@link IllegalStateException} if the client is disconnected before
     */
    public CompletableFuture<ReceivedValues> callAsync(String event, @Nullable Object... values) {
        var encoded = test.codec().write(event, values);
        var reply = new CompletableFuture<ReceivedValues>();
        long number = nextCall.getAndIncrement();
        calls.put(number, reply);
        transmit(event, number, encoded);
        return reply;
    }

    /** The events received so far, in their order. */
    public List<ReceivedEvent> received() {
        test.settle();
        return List.copyOf(events);
    }

    /** The events of one name received so far, in their order. */
    public List<ReceivedEvent> received(String event) {
        test.settle();
        return named(event);
    }

    /**
     * Waits until the client has received at least {@code count} events of a name. For events sent after the handlers have finished, by the
     * application's own threads or timers.
     *
     * @return all events of that name
     * @throws AssertionError when they have not been received in time
     */
    public List<ReceivedEvent> await(String event, int count) {
        test.await(count + " of \"" + event + "\"", this, () -> named(event).size() >= count);
        return named(event);
    }

    /** Forgets the events received so far. */
    public void clear() {
        test.settle();
        events.clear();
    }

    /**
     * Sets the acknowledgement of an event, a single value. Events received before are not acknowledged. If the function throws, the method
     * that waits next throws an {@link AssertionError}.
     *
     * @param reply called on the event loop; must not block
     */
    public TestClient answer(String event, Function<ReceivedEvent, @Nullable Object> reply) {
        return on(event, ClientBuilder.replying(reply));
    }

    /**
     * Sets the handler of an event, which may acknowledge and emit. {@link #received} still returns the event. If the handler throws, the
     * method that waits next throws an {@link AssertionError}.
     *
     * @param handler called on the event loop; must not block
     */
    public TestClient on(String event, Consumer<ReceivedEvent> handler) {
        handlers.put(event, handler);
        return this;
    }

    /**
     * Connects to another namespace over the same connection.
     *
     * @return the client in that namespace
     * @throws ConnectRefusedException when the server refuses the client
     */
    public TestClient connect(String other) {
        return test.connect(origin, connection, other, null);
    }

    /**
     * Connects to another namespace as {@link #connect(String)}, with credentials.
     *
     * @param auth a value that Jackson writes as a JSON object, such as a map
     */
    public TestClient connect(String other, Object auth) {
        return test.connect(origin, connection, other, test.codec().text(auth));
    }

    /** Leaves the namespace; closes the connection if it was the last. The server's reason is {@code client namespace disconnect}. */
    public void disconnect() {
        test.settle();
        connection.leave(this);
        test.settle();
    }

    /**
     * Loses the connection in all its namespaces, as when the network fails. Events sent before still arrive. The server's reason is {@code
     * transport close}.
     */
    public void lose() {
        test.settle();
        connection.lose();
        test.settle();
    }

    /**
     * Drops all messages in both directions from now on, without closing the connection. {@link SocketIoTest#advance} then lets the server
     * time out, with the reason {@code ping timeout}.
     */
    public void freeze() {
        test.settle();
        connection.freeze();
        test.settle();
    }

    /**
     * Connects again over a new connection with the same request and credentials, as real clients do after {@link #lose}. If connection
     * state recovery is on, the new client receives the events that this one missed.
     *
     * @return the new client, with the handlers of this one
     * @throws ConnectRefusedException when the server refuses the client
     */
    public TestClient reconnect() {
        return origin.again(handlers, namespace, recoveryId, offset);
    }

    /**
     * The reason why the client is not connected any more, as real clients report it: {@code io server disconnect}, {@code io client
     * disconnect}, {@code transport close} or {@code parse error}. Empty while it is connected.
     */
    public Optional<String> disconnectReason() {
        test.settle();
        return Optional.ofNullable(reason);
    }

    /** The reason why the client is not connected any more, as the server's handlers receive it. Empty while it is connected. */
    public Optional<String> serverReason() {
        test.settle();
        return serverSocket.flatMap(test::serverReason);
    }

    /** Namespace and id, for messages of failed tests. */
    @Override
    public String toString() {
        return "client " + id + " of " + namespace;
    }

    /** Names of the events received, for messages of failed tests. */
    String history() {
        return events.stream().map(ReceivedEvent::name).toList().toString();
    }

    /** Returns whether the server has let it in or refused it, or the connection has ended. */
    boolean decided() {
        return !id.isEmpty() || refusal != null || reason != null;
    }

    /** @throws ConnectRefusedException when it was not let in */
    void requireAccepted() {
        var json = refusal;
        if (json != null) {
            var data = json.path("data");
            throw new ConnectRefusedException(namespace, json.path("message").asString(""),
                    new ReceivedValues(test.codec(), data.isMissingNode() ? List.of() : List.of(data)));
        }
        if (id.isEmpty()) {
            throw new ConnectRefusedException(namespace, String.valueOf(reason),
                    new ReceivedValues(test.codec(), List.of()));
        }
    }

    /** On the loop. */
    void receive(SocketPacket packet) {
        switch (packet) {
            case SocketPacket.Connect connect -> {
                var json = test.codec().mapper().readTree(String.valueOf(connect.json()));
                recoveryId = json.path("pid").asString(null);
                String sid = json.path("sid").asString("");
                serverSocket = test.serverSocket(sid);
                id = sid;
            }
            case SocketPacket.ConnectError error -> {
                refusal = test.codec().mapper().readTree(error.json());
                over("connect error");
            }
            case SocketPacket.Disconnect disconnect -> over("io server disconnect");
            case SocketPacket.Event event -> receive(event);
            case SocketPacket.Ack ack -> {
                var waiting = calls.remove(ack.ackId());
                if (waiting != null) {
                    waiting.complete(new ReceivedValues(test.codec(), test.codec().read(ack.arguments())));
                }
            }
        }
    }

    /** On the loop: it is not connected any more. */
    void over(String why) {
        if (reason == null) {
            reason = why;
        }
        for (var waiting : calls.values()) {
            waiting.completeExceptionally(new IllegalStateException("The client was disconnected: " + why));
        }
        calls.clear();
    }

    private void receive(SocketPacket.Event packet) {
        Long ackId = packet.ackId();
        var event = new ReceivedEvent(packet, test.codec(), values -> {
            if (ackId != null) {
                connection.send(new SocketPacket.Ack(namespace, ackId, values));
                test.settle("what the acknowledgement of \"" + packet.arguments().name() + "\" causes", this);
            }
        });
        // The server puts the offset of a connection that can be recovered behind the arguments.
        var last = event.json(event.size() - 1);
        if (recoveryId != null && last.isString()) {
            offset = last.stringValue();
        }
        events.add(event);
        var handler = handlers.get(event.name());
        if (handler != null) {
            handler.accept(event);
        }
    }

    private void transmit(String event, @Nullable Long ackId, Arguments encoded) {
        if (SocketPacket.isReserved(event)) {
            throw new IllegalArgumentException(event + " is a name that clients use for events of their own");
        }
        if (reason != null) {
            throw new IllegalStateException(this + " is not connected any more: " + reason);
        }
        connection.send(new SocketPacket.Event(namespace, ackId, encoded));
        test.settle("the handlers of \"" + event + "\"", this);
    }

    private List<ReceivedEvent> named(String event) {
        return events.stream().filter(each -> each.name().equals(event)).toList();
    }

    private Optional<SocketIoTest.HandlerFailure> failureSince(List<SocketIoTest.HandlerFailure> earlier,
            String event) {
        return test.failures()
                .stream()
                .skip(earlier.size())
                .filter(each -> each.socketId().equals(id) && each.event().equals(event))
                .findFirst();
    }
}
