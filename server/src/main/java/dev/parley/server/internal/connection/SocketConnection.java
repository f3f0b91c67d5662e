package dev.parley.server.internal.connection;

import dev.parley.protocol.Durations;
import dev.parley.protocol.MachineDriver;
import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.Connection;
import dev.parley.protocol.socket.ConnectionEffect;
import dev.parley.protocol.socket.ConnectionInput;
import dev.parley.server.ClientConnection;
import dev.parley.server.ConnectionListener;
import dev.parley.server.Handshake;
import dev.parley.server.Reply;
import dev.parley.server.ServerListener;
import dev.parley.server.Socket;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.LoopTimer;
import dev.parley.server.engine.SessionOwner;
import dev.parley.server.engine.UpgradeFailure;
import dev.parley.server.engine.WebSocketViolation;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.handler.HandlerQueue;
import dev.parley.server.internal.json.IncomingEvent;
import dev.parley.server.internal.json.IncomingReply;
import dev.parley.server.internal.namespace.Namespaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects a session to the sockets of its client: runs the {@link Connection} between them. Its state belongs to the session's loop; other
 * threads reach it through {@link SessionTasks}.
 */
public final class SocketConnection implements SessionOwner, ClientNamespaces.Client, ClientConnection {
    // Documented in docs/metrics.md: it stays when the class moves.
    private static final Logger LOG = LoggerFactory.getLogger("dev.parley.server.SocketConnection");

    private final ServerContext server;
    private final EngineSession session;
    private final Handshake handshake;
    private final String name;
    private final Connection connection;
    private final SessionTasks tasks;
    private final ReadGate reading;
    private final Backpressure sending;
    private final Map<String, NamespaceMembership> memberships = new ConcurrentHashMap<>(2);
    private final PendingAcks replies = new PendingAcks(this::pendingAcksChanged);
    private final ClientNamespaces namespaces;
    private final JoinReport joinReport;
    private final LoopTimer timer;
    private final OutgoingBatch outgoing;
    private final Driver driver = new Driver();
    /** Bytes of attachments whose event is not complete. */
    private long incomplete;
    private volatile boolean ended;
    private volatile List<ConnectionListener> observers = List.of();

    public SocketConnection(ServerContext server, Namespaces all, EngineSession session, Handshake handshake,
            String name) {
        this.server = server;
        this.session = session;
        this.handshake = handshake;
        this.name = name;
        this.outgoing = new OutgoingBatch(session);
        this.joinReport = new JoinReport(server, name);
        this.namespaces = new ClientNamespaces(server, all, memberships, joinReport,
                session.memory().incoming(), this);
        this.timer = new LoopTimer(session.loop(), () -> {
            on(new ConnectionInput.Tick());
            settled();
        });
        this.connection = new Connection(server.connectionOptions(), session.revision());
        var options = server.options();
        this.tasks = new SessionTasks(session.loop(), options.maxQueuedBytes(), session.memory().outgoing(),
                outgoing::flush, () -> session.drop(CloseReason.SEND_QUEUE_FULL));
        this.reading = new ReadGate(session.memory().incoming(), options, session.loop(),
                () -> !replies.isEmpty(), session::pauseReading, server.pausedConnections());
        this.sending = new Backpressure(session.memory().outgoing(), options.highWaterMark(),
                options.sendTimeout(), server.blockingCalls()::inLoop, server.waitingSenders(),
                new Senders());
    }

    /** Starts the connection. Called first, on the loop. */
    public void opened() {
        namespaces.opened();
        on(new ConnectionInput.Opened());
    }

    @Override
    public void deliver(EnginePacket packet) {
        outgoing.hold();
        tell(observer -> observer.received(packet));
        switch (packet) {
            case EnginePacket.Message message -> on(new ConnectionInput.TextReceived(message));
            case EnginePacket.Binary binary -> on(new ConnectionInput.BinaryReceived(binary));
            default -> throw new IllegalStateException("a session delivers messages only");
        }
        weighIncomplete(connection.incomplete());
    }

    @Override
    public void upgradeStarted() {
        server.tell(listener -> listener.upgradeStarted(name));
    }

    @Override
    public void upgradeFailed(UpgradeFailure why) {
        server.tell(listener -> listener.upgradeFailed(name, why));
    }

    @Override
    public void roundTrip(Duration took) {
        server.tell(listener -> listener.roundTrip(name, session.transport(), took));
    }

    @Override
    public void upgraded(Duration took) {
        server.tell(listener -> listener.upgraded(name, took));
        tell(observer -> observer.upgraded(session.transport()));
        namespaces.upgraded(TransportKind.WEBSOCKET.text());
    }

    @Override
    public void violated(WebSocketViolation violation) {
        LOG.debug("Connection {} broke the WebSocket protocol, and is closed with {}: {}", name,
                violation.closeCode(), violation.sentence());
        server.tell(listener -> listener.violated(name, violation));
    }

    @Override
    public void closed(CloseReason reason, CloseCause cause) {
        ended = true;
        sending.close();
        reading.close();
        if (reason == CloseReason.OVERLOADED) {
            namespaces.discardEvents();
        }
        if (reason == CloseReason.SEND_QUEUE_FULL) {
            dropped(ServerListener.Drop.SEND_QUEUE_FULL);
        }
        on(new ConnectionInput.SessionClosed(reason));
        namespaces.closed();
        timer.stop();
        weighIncomplete(0);
        var lifetime = joinReport.age();
        server.tell(listener -> listener.closed(name, session.transport(), reason, cause, lifetime));
        tell(observer -> observer.closed(reason, cause));
    }

    @Override
    public void heartbeat() {
        tell(ConnectionListener::heartbeat);
    }

    @Override
    public void flushed(List<EnginePacket> packets) {
        tell(observer -> observer.flushed(packets));
    }

    @Override
    public void drained() {
        tell(ConnectionListener::drained);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Handshake request() {
        return handshake;
    }

    @Override
    public EngineRevision revision() {
        return session.revision();
    }

    @Override
    public boolean open() {
        return !ended;
    }

    @Override
    public Collection<Socket> sockets() {
        return namespaces.sockets();
    }

    @Override
    public synchronized void observe(ConnectionListener listener) {
        observers = Stream.concat(observers.stream(), Stream.of(listener)).toList();
    }

    @Override
    public void close() {
        namespaces.discardEvents();
        tasks.run(1, () -> on(new ConnectionInput.LeaveAll()));
    }

    private void tell(Consumer<ConnectionListener> news) {
        if (!observers.isEmpty()) {
            server.tell(observers, news);
        }
    }

    @Override
    public void settled() {
        outgoing.release();
    }

    @Override
    public ClientConnection connection() {
        return this;
    }

    @Override
    public TransportKind transport() {
        return session.transport();
    }

    @Override
    public void send(String namespace, PreparedEvent event) {
        var forward = new ConnectionInput.Forward(namespace, event.packets());
        if (!event.isVolatile()) {
            tasks.run(event.event().weight(), () -> on(forward));
        } else if (!tasks.offer(event.event().weight(), () -> forwardNow(forward))) {
            dropped(ServerListener.Drop.VOLATILE);
        }
    }

    /** Sends a volatile event if the client can take it at once, and drops it otherwise. */
    private void forwardNow(ConnectionInput.Forward forward) {
        if (session.writable()) {
            on(forward);
        } else {
            dropped(ServerListener.Drop.VOLATILE);
        }
    }

    @Override
    public void ask(String namespace, Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
        boolean taken = tasks.run(event.weight(), () -> {
            long token = replies.add(reply);
            var request = new ConnectionInput.AckRequest(token,
                    server.clock().instant().plus(Durations.bounded(timeout)));
            on(new ConnectionInput.Emit(namespace, event, request));
        });
        if (!taken) {
            PendingAcks.fail(reply, ConnectionEffect.AckFailure.LEFT);
        }
    }

    @Override
    public HandlerQueue.Load load() {
        return reading;
    }

    @Override
    public long enter(long weight) {
        return sending.enter(weight);
    }

    @Override
    public long tryEnter(long weight) {
        return sending.tryEnter(weight);
    }

    @Override
    public void leave(long reservation) {
        sending.leave(reservation);
    }

    private void weighIncomplete(long now) {
        if (now != incomplete) {
            session.memory().incoming().add(now - incomplete);
            incomplete = now;
        }
    }

    @Override
    public void disconnect(String namespace, boolean closeConnection) {
        if (closeConnection) {
            namespaces.discardEvents();
        }
        tasks.run(1, () -> on(
                closeConnection ? new ConnectionInput.LeaveAll() : new ConnectionInput.Leave(namespace)));
    }

    @Override
    public void moveAway() {
        tasks.run(1, () -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    @Override
    public boolean run(Runnable task) {
        return tasks.run(1, task);
    }

    @Override
    public void on(ConnectionInput input) {
        driver.feed(input);
    }

    private void deliver(ConnectionEffect.Deliver deliver) {
        var membership = memberships.get(deliver.namespace());
        if (membership == null) {
            return;
        }
        Long ackId = deliver.ackId();
        membership.take(new IncomingEvent(deliver.event().name(), deliver.event(),
                ackId == null ? null : arguments -> acknowledge(deliver.namespace(), ackId, arguments),
                server.json()));
    }

    private void acknowledge(String namespace, long ackId, Arguments arguments) {
        server.requireSendable(arguments);
        long reservation = ended ? 0 : sending.enter(arguments.weight());
        try {
            var ack = new ConnectionInput.Acknowledge(namespace, ackId, arguments);
            tasks.run(arguments.weight(), () -> on(ack));
        } finally {
            sending.leave(reservation);
        }
    }

    private void dropped(ServerListener.Drop what) {
        server.tell(listener -> listener.dropped(name, what));
    }

    /** Decides again whether to read: while acks are pending, more events may wait before reading pauses. */
    private void pendingAcksChanged() {
        reading.update();
    }

    /** Drives the machine of the connection. */
    private final class Driver extends MachineDriver<ConnectionInput, ConnectionEffect> {
        @Override
        protected List<ConnectionEffect> on(ConnectionInput input, Instant now) {
            return connection.on(input, now);
        }

        @Override
        protected void perform(ConnectionEffect effect, ConnectionInput cause) {
            switch (effect) {
                case ConnectionEffect.Send send -> {
                    tell(observer -> observer.created(send.packets()));
                    outgoing.add(send.packets());
                }
                case ConnectionEffect.Deliver deliver -> deliver(deliver);
                case ConnectionEffect.Join join -> namespaces.join(join);
                case ConnectionEffect.Acknowledged ack ->
                    replies.acknowledged(ack.token(), new IncomingReply(ack.arguments(), server.json()));
                case ConnectionEffect.AckFailed failed -> replies.failed(failed.token(), failed.why());
                case ConnectionEffect.Left left -> namespaces.leave(left.namespace(), left.reason());
                case ConnectionEffect.CloseSession close -> {
                    SocketConnection.this.settled();
                    if (close.reason() == CloseReason.FORCED_SERVER_CLOSE) {
                        joinReport.endedByServer();
                    }
                    session.close(close.reason());
                }
                case ConnectionEffect.Wake wake ->
                    timer.start(Duration.between(server.clock().instant(), wake.at()));
            }
        }

        @Override
        protected Instant now() {
            return server.clock().instant();
        }
    }

    /** Handles senders of more than the client reads. */
    private final class Senders implements Backpressure.Listener {
        @Override
        public void timedOut() {
            session.loop().execute(() -> session.drop(CloseReason.SEND_QUEUE_FULL));
        }

        @Override
        public void drained() {
            namespaces.drained();
        }
    }
}
