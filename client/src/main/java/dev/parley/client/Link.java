package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketDecoder;
import dev.parley.protocol.socket.SocketEncoder;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.protocol.socket.SocketPacket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One connection to one namespace, from its handshake to its end; a reconnection creates another. Thread-safe.
 *
 * <p>
 * Acks do not pass through the dispatcher, so a handler may wait for one. The number of pending acks is limited by the threads that wait.
 */
final class Link implements EngineConnection.Listener {
    private static final int MAX_ATTACHMENTS = 1_000;
    private static final int MAX_DEPTH = 128;

    private final Wire wire;
    private final Owner owner;
    private final String namespace;
    private final SocketDecoder decoder;
    private final CompletableFuture<String> welcome = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<Arguments>> awaited = new ConcurrentHashMap<>();
    private final AtomicLong nextAck = new AtomicLong();
    /** Complete once {@link Lifecycle.Connected} was reported, so that no upgrade is reported before it. */
    private final CompletableFuture<Boolean> announced = new CompletableFuture<>();
    /** Why the connection ended; null before. */
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    private volatile @Nullable EngineConnection engine;

    /** Receives the events and changes of a connection. */
    interface Owner {

        /** Waits until more events are accepted. */
        void awaitRoom() throws InterruptedException;

        void event(Link from, SocketPacket.Event event);

        void happened(Link from, Lifecycle what);

        /** Only after {@link Lifecycle.Connected}. */
        void lost(Link from, String reason);
    }

    Link(Wire wire, Owner owner) {
        this.wire = wire;
        this.owner = owner;
        this.namespace = wire.options().namespace();
        this.decoder = new SocketDecoder(
                new SocketLimits(MAX_ATTACHMENTS, wire.options().limits().messageBytes(), MAX_DEPTH));
    }

    /** Connects to the server and the namespace; throws {@link ClientException}. */
    void open() throws InterruptedException {
        var limit = wire.options().limits().connect();
        long deadline = System.nanoTime() + limit.toNanos();
        var opened = EngineConnection.open(wire, this, limit);
        engine = opened;
        try {
            var auth = wire.options().auth();
            opened.send(SocketEncoder
                    .encode(new SocketPacket.Connect(namespace, auth == null ? null : auth.toString())));
            welcome.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            opened.end("timeout");
            throw ClientFailures.late("The connection to " + wire.address().page(), limit);
        } catch (ExecutionException e) {
            opened.end("refused");
            throw e.getCause() instanceof ClientException known ? known
                    : ClientFailures.of(wire.address(), e);
        } catch (ClientException | InterruptedException e) {
            opened.end("abandoned");
            throw e;
        }
    }

    EngineConnection engine() {
        var opened = engine;
        if (opened == null) {
            throw new IllegalStateException("not open yet");
        }
        return opened;
    }

    Optional<String> id() {
        return Optional.ofNullable(welcome.isCompletedExceptionally() ? null : welcome.getNow(null));
    }

    boolean alive() {
        return id().isPresent() && ended.get() == null;
    }

    void emit(Arguments arguments) throws InterruptedException {
        send(new SocketPacket.Event(namespace, null, arguments));
    }

    /** Emits an event and waits for the ack. */
    Arguments call(Arguments arguments, Duration timeout) throws InterruptedException {
        long id = nextAck.getAndIncrement();
        var answer = new CompletableFuture<Arguments>();
        awaited.put(id, answer);
        try {
            if (ended.get() != null) {
                throw unanswered(arguments.name());
            }
            send(new SocketPacket.Event(namespace, id, arguments));
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw ClientFailures.late("The answer to \"" + arguments.name() + "\"", timeout);
        } catch (ExecutionException e) {
            throw unanswered(arguments.name());
        } finally {
            awaited.remove(id);
        }
    }

    void answer(long ackId, Arguments arguments) throws InterruptedException {
        send(new SocketPacket.Ack(namespace, ackId, arguments));
    }

    /** Leaves the namespace and closes the session, within about a second. */
    void close() throws InterruptedException {
        var opened = engine;
        if (opened != null) {
            try {
                send(new SocketPacket.Disconnect(namespace));
            } catch (ClientException e) {
                // A connection that is already closed may still be sending queued packets.
                if (e.kind() != Kind.CLOSED) {
                    opened.end("io client disconnect");
                }
            } catch (InterruptedException e) {
                opened.end("io client disconnect");
                throw e;
            }
            opened.close();
        }
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        // No event arrives before CONNECT, and a reconnection must not wait for the events of the previous connection.
        if (welcome.isDone()) {
            owner.awaitRoom();
        }
    }

    @Override
    public void message(EnginePacket packet) {
        try {
            Optional<SocketPacket> complete = switch (packet) {
                case EnginePacket.Message message -> decoder.decode(message);
                case EnginePacket.Binary binary -> decoder.decode(binary);
                default -> Optional.empty();
            };
            if (complete.isPresent() && complete.get().namespace().equals(namespace)) {
                received(complete.get());
            }
        } catch (MalformedPacketException e) {
            fail("parse error: " + e.getMessage());
        }
    }

    @Override
    public void upgraded(Duration after) {
        tellOnceConnected(new Lifecycle.Upgraded(after));
    }

    @Override
    public void upgradeFailed(String reason) {
        tellOnceConnected(new Lifecycle.UpgradeFailed(reason));
    }

    @Override
    public void ended(String reason) {
        if (!ended.compareAndSet(null, reason)) {
            return;
        }
        var lost = new ClientException(Kind.CLOSED,
                "The connection to " + wire.address().page() + " was lost: " + ClientFailures.ended(reason));
        boolean wasConnected = !welcome.completeExceptionally(lost) && !welcome.isCompletedExceptionally();
        awaited.values().forEach(answer -> answer.completeExceptionally(lost));
        if (wasConnected) {
            owner.lost(this, reason);
        }
    }

    private void tellOnceConnected(Lifecycle what) {
        // The returned stage has no other use.
        var unused = announced.thenRun(() -> owner.happened(this, what));
    }

    private void received(SocketPacket packet) {
        switch (packet) {
            case SocketPacket.Connect connect -> {
                String json = connect.json();
                String id = json == null ? "" : JsonMapper.shared().readTree(json).path("sid").asString("");
                if (welcome.complete(id)) {
                    owner.happened(this, new Lifecycle.Connected(id, engineName()));
                    announced.complete(true);
                }
            }
            case SocketPacket.ConnectError refused -> welcome.completeExceptionally(refusal(refused.json()));
            case SocketPacket.Event event -> owner.event(this, event);
            case SocketPacket.Ack ack -> {
                var answer = awaited.remove(ack.ackId());
                if (answer != null) {
                    answer.complete(ack.arguments());
                }
            }
            case SocketPacket.Disconnect disconnect -> fail("io server disconnect");
        }
    }

    private ClientException refusal(String json) {
        var error = JsonMapper.shared().readTree(json);
        String message = error.isString() ? error.asString("") : error.path("message").asString("");
        return new ClientException(Kind.REJECTED_BY_NAMESPACE,
                "The server refused the connection to the namespace " + namespace + ": " + message + ".");
    }

    private String engineName() {
        var opened = engine;
        return opened == null ? "" : opened.transportName();
    }

    private ClientException unanswered(String event) {
        String why = ended.get();
        return new ClientException(Kind.CLOSED,
                "\"" + event + "\" was not answered, since the connection ended: "
                        + ClientFailures.ended(why == null ? "unknown" : why));
    }

    private void fail(String reason) {
        var opened = engine;
        if (opened != null) {
            opened.end(reason);
        } else {
            ended(reason);
        }
    }

    private void send(SocketPacket packet) throws InterruptedException {
        engine().send(SocketEncoder.encode(packet));
    }
}
