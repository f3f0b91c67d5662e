package dev.parley.server;

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
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.LoopTimer;
import dev.parley.server.engine.SessionOwner;
import dev.parley.server.engine.UpgradeFailure;
import dev.parley.server.engine.WebSocketViolation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a session to the sockets of its client: runs the {@link Connection} between them. Its state belongs to the session's loop; what
 * sockets ask for from other threads comes through the {@link Inbox}.
 */
final class SocketConnection implements SessionOwner, Outlet, ClientConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private final ServerCore server;
    private final EngineSession session;
    private final Handshake handshake;
    private final String name;
    private final InstantSource clock;
    private final Connection connection;
    private final Inbox inbox;
    private final ReadGate reading;
    private final SendGate sending;
    private final Map<String, Seat> seats = new ConcurrentHashMap<>(2);
    private final AwaitedReplies replies = new AwaitedReplies(this::repliesChanged);
    private final JoinReport joinReport;
    private final OutgoingBatch outgoing = new OutgoingBatch();
    private final Driver driver = new Driver();
    private final LoopTimer timer;
    /** Bytes of the handshake and of auth objects. */
    private long retained;
    /** Bytes of attachments whose event is not complete. */
    private long incomplete;
    private boolean delivering;
    private volatile boolean ended;
    private volatile List<ConnectionListener> observers = List.of();

    SocketConnection(ServerCore server, EngineSession session, Handshake handshake, String name) {
        this.server = server;
        this.session = session;
        this.handshake = handshake;
        this.name = name;
        this.clock = server.clock();
        this.joinReport = new JoinReport(server, name);
        this.timer = new LoopTimer(session.loop(), this::tick);
        this.connection = new Connection(server.connectionOptions(), session.revision());
        var options = server.options();
        this.inbox = new Inbox(session.loop(), options.maxQueuedBytes(), session.memory().outgoing(),
                this::flush, () -> session.drop(CloseReason.SEND_QUEUE_FULL));
        this.reading = new ReadGate(session.memory().incoming(), options, session.loop(),
                () -> !replies.isEmpty(), session::pauseReading, server.pausedConnections());
        this.sending = new SendGate(session.memory().outgoing(), options.highWaterMark(),
                options.sendTimeout(), server.waiting()::inLoop, server.waitingSenders(), new Senders());
    }

    /** First, on the loop. */
    void opened() {
        retain(handshake.weight());
        on(new ConnectionInput.Opened());
    }

    @Override
    public void deliver(EnginePacket packet) {
        delivering = true;
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
        seats.values().forEach(seat -> seat.socket().upgraded(TransportKind.WEBSOCKET.text()));
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
            seats.values().forEach(seat -> seat.socket().mailbox().discardEvents());
        }
        if (reason == CloseReason.SEND_QUEUE_FULL) {
            dropped(ServerListener.Drop.SEND_QUEUE_FULL);
        }
        on(new ConnectionInput.SessionClosed(reason));
        retain(-retained);
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
        return seats.values().stream().<Socket>map(Seat::socket).toList();
    }

    @Override
    public synchronized void observe(ConnectionListener listener) {
        var more = new ArrayList<>(observers);
        more.add(listener);
        observers = List.copyOf(more);
    }

    @Override
    public void close() {
        discardEvents();
        inbox.run(1, () -> on(new ConnectionInput.LeaveAll()));
    }

    private void tell(Consumer<ConnectionListener> news) {
        if (!observers.isEmpty()) {
            server.tell(observers, news);
        }
    }

    @Override
    public void settled() {
        delivering = false;
        flush();
    }

    /** Sends what has gathered, unless the session is still handing over messages whose answers can go along. */
    private void flush() {
        if (!delivering) {
            outgoing.sendTo(session);
        }
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
    public void send(ClientSocket socket, PreparedEvent event) {
        var forward = new ConnectionInput.Forward(socket.namespace().name(), event.packets());
        if (!event.isVolatile()) {
            inbox.run(event.event().weight(), () -> on(forward));
        } else if (!inbox.offer(event.event().weight(), () -> forwardNow(forward))) {
            dropped(ServerListener.Drop.VOLATILE);
        }
    }

    /** What is volatile leaves at once or not at all. */
    private void forwardNow(ConnectionInput.Forward forward) {
        if (session.writable()) {
            on(forward);
        } else {
            dropped(ServerListener.Drop.VOLATILE);
        }
    }

    @Override
    public void ask(ClientSocket socket, Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
        var limit = Durations.bounded(timeout);
        boolean taken = inbox.run(event.weight(), () -> {
            long token = replies.add(reply);
            var request = new ConnectionInput.AckRequest(token, clock.instant().plus(limit));
            on(new ConnectionInput.Emit(socket.namespace().name(), event, request));
        });
        if (!taken) {
            AwaitedReplies.fail(reply, ConnectionEffect.AckFailure.LEFT);
        }
    }

    @Override
    public Mailbox.Load load() {
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

    /** Counts what is kept of requests and auth objects as long as the session, or the socket, lives. */
    private void retain(long bytes) {
        retained += bytes;
        session.memory().incoming().add(bytes);
    }

    private static long authWeight(Socket socket) {
        String auth = socket.handshake().auth();
        return auth == null ? 0 : auth.length();
    }

    private void weighIncomplete(long now) {
        if (now != incomplete) {
            session.memory().incoming().add(now - incomplete);
            incomplete = now;
        }
    }

    private void discardEvents() {
        seats.values().forEach(seat -> seat.socket().mailbox().discardEvents());
    }

    @Override
    public void disconnect(ClientSocket socket, boolean closeConnection) {
        socket.mailbox().discardEvents();
        if (closeConnection) {
            discardEvents();
        }
        inbox.run(1, () -> on(closeConnection ? new ConnectionInput.LeaveAll()
                : new ConnectionInput.Leave(socket.namespace().name())));
    }

    @Override
    public void moveAway() {
        inbox.run(1, () -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    private void on(ConnectionInput input) {
        driver.feed(input);
    }

    private void perform(ConnectionEffect effect) {
        switch (effect) {
            case ConnectionEffect.Send send -> {
                tell(observer -> observer.created(send.packets()));
                outgoing.add(send.packets());
            }
            case ConnectionEffect.Deliver deliver -> deliver(deliver);
            case ConnectionEffect.Join join -> join(join);
            case ConnectionEffect.Acknowledged ack ->
                replies.acknowledged(ack.token(), new ReceivedReply(ack.arguments(), server.json()));
            case ConnectionEffect.AckFailed failed -> replies.failed(failed.token(), failed.why());
            case ConnectionEffect.Left left -> {
                var seat = seats.remove(left.namespace());
                if (seat != null) {
                    retain(-authWeight(seat.socket()));
                    seat.leave(left.reason());
                    server.tell(listener -> listener.left(name, seat.socket(), left.reason()));
                    server.namespaces().leave(seat.socket().namespace());
                }
            }
            case ConnectionEffect.CloseSession close -> {
                settled();
                if (close.reason() == CloseReason.FORCED_SERVER_CLOSE) {
                    joinReport.endedByServer();
                }
                session.close(close.reason());
            }
            case ConnectionEffect.Wake wake -> timer.start(Duration.between(clock.instant(), wake.at()));
        }
    }

    private void join(ConnectionEffect.Join join) {
        var namespace = server.namespaces().enter(join.namespace());
        if (namespace.isEmpty() && !server.namespaces().hasRules()) {
            joinReport.notConnected(ServerListener.ConnectFailure.NAMESPACE);
            on(new ConnectionInput.Refuse(join.namespace(), Admission.INVALID));
            return;
        }
        var admission = new Admission(server, handshake.withAuth(join.auth(), server.json()), this,
                join.namespace());
        if (namespace.isPresent() && namespace.get().isOpen()) {
            seat(admission.fresh(namespace.get()), List.of());
        } else {
            admission.decide(namespace, new Admission.Verdict() {
                @Override
                public boolean accept(ClientSocket socket, List<PreparedEvent> missed) {
                    return inbox.run(1, () -> seat(socket, missed));
                }

                @Override
                public void refuse(String json, ServerListener.ConnectFailure why) {
                    inbox.run(1, () -> {
                        joinReport.notConnected(why);
                        on(new ConnectionInput.Refuse(join.namespace(), json));
                    });
                }
            });
        }
    }

    private void seat(ClientSocket socket, List<PreparedEvent> missed) {
        var namespace = socket.namespace();
        if (ended) {
            socket.end();
            namespace.left(socket);
            server.namespaces().leave(namespace);
            return;
        }
        var seat = new Seat(namespace, socket, reading);
        seats.put(namespace.name(), seat);
        retain(authWeight(socket));
        joinReport.joined(socket);
        on(new ConnectionInput.Accept(namespace.name(), socket.id(), socket.pid()));
        missed.forEach(event -> on(new ConnectionInput.Forward(namespace.name(), event.packets())));
        socket.resume();
        seat.enter(() -> inbox.run(1, seat::ready));
    }

    private void deliver(ConnectionEffect.Deliver deliver) {
        var seat = seats.get(deliver.namespace());
        if (seat == null) {
            return;
        }
        Long ackId = deliver.ackId();
        seat.take(new ReceivedEvent(deliver.event().name(), deliver.event(),
                ackId == null ? null : arguments -> acknowledge(deliver.namespace(), ackId, arguments),
                server.json()));
    }

    private void acknowledge(String namespace, long ackId, Arguments arguments) {
        server.requireSendable(arguments);
        long reservation = ended ? 0 : sending.enter(arguments.weight());
        try {
            inbox.run(arguments.weight(), () -> on(new ConnectionInput.Acknowledge(namespace, ackId, arguments)));
        } finally {
            sending.leave(reservation);
        }
    }

    private void dropped(ServerListener.Drop what) {
        server.tell(listener -> listener.dropped(name, what));
    }

    /** While replies are awaited, more may wait before reading pauses. */
    private void repliesChanged() {
        reading.update();
    }

    private void tick() {
        on(new ConnectionInput.Tick());
        settled();
    }

    /** Drives the machine of the connection. */
    private final class Driver extends MachineDriver<ConnectionInput, ConnectionEffect> {
        @Override
        protected List<ConnectionEffect> on(ConnectionInput input, Instant now) {
            return connection.on(input, now);
        }

        @Override
        protected void perform(ConnectionEffect effect, ConnectionInput cause) {
            SocketConnection.this.perform(effect);
        }

        @Override
        protected Instant now() {
            return clock.instant();
        }
    }

    /** What becomes of those who send more than the client reads. */
    private final class Senders implements SendGate.Listener {
        @Override
        public void timedOut() {
            session.loop().execute(() -> session.drop(CloseReason.SEND_QUEUE_FULL));
        }

        @Override
        public void drained() {
            seats.values().forEach(seat -> seat.socket().drained());
        }
    }
}
