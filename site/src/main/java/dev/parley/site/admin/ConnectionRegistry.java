package dev.parley.site.admin;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.Socket;
import dev.parley.server.engine.UpgradeFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Records open connections, the last {@value #ERRORS} errors, and counts of the last hour. Thread-safe. */
public final class ConnectionRegistry implements ServerListener {
    private static final int ERRORS = 50;

    private final InstantSource clock;
    private final LastHour hour;
    private final Map<String, Entry> connections = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Fault> faults = new ArrayDeque<>();

    public ConnectionRegistry(InstantSource clock) {
        this.clock = clock;
        this.hour = new LastHour(clock);
    }

    /** An error. {@code what} and {@code cause} are fixed texts and never come from a client. */
    record Fault(Instant at, String what, String cause, String from) {}

    /** A connection; the mutable part is in {@code live}. */
    record Entry(String name, String revision, String address, Instant since, Live live) {}

    /** The mutable part of a connection. A negative round trip means unknown. */
    static final class Live {
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet(2);
        private final LongAdder drops = new LongAdder();
        private volatile TransportKind transport;
        private volatile long roundTripMillis = -1;

        Live(TransportKind transport) {
            this.transport = transport;
        }

        Set<Socket> sockets() {
            return sockets;
        }

        TransportKind transport() {
            return transport;
        }

        long roundTripMillis() {
            return roundTripMillis;
        }

        long drops() {
            return drops.sum();
        }
    }

    Map<String, Entry> connections() {
        return connections;
    }

    /** Returns the last errors, newest first. */
    List<Fault> faults() {
        lock.lock();
        try {
            return List.copyOf(faults);
        } finally {
            lock.unlock();
        }
    }

    List<LastHour.Minute> minutes() {
        return hour.minutes();
    }

    /** Ends a connection; returns false if it does not exist or has not joined a namespace. */
    boolean disconnect(String connection) {
        var entry = connections.get(connection);
        if (entry == null || entry.live().sockets().isEmpty()) {
            return false;
        }
        entry.live().sockets().forEach(socket -> socket.disconnect(true));
        return true;
    }

    @Override
    public void opened(String connection, TransportKind transport, Handshake handshake) {
        hour.count(LastHour.Kind.OPENED);
        connections.put(connection,
                new Entry(connection, handshake.parameter(EngineQuery.REVISION).orElse(""),
                        handshake.address(), clock.instant(), new Live(transport)));
    }

    @Override
    public void connected(String connection, Duration took) {
        hour.connected(took);
    }

    @Override
    public void joined(String connection, Socket socket) {
        with(connection, live -> live.sockets.add(socket));
    }

    @Override
    public void left(String connection, Socket socket, CloseReason reason) {
        with(connection, live -> live.sockets.remove(socket));
    }

    @Override
    public void notConnected(String connection, ConnectFailure why) {
        hour.count(LastHour.Kind.FAILED);
        fault("not let in", word(why), connection);
    }

    @Override
    public void upgradeStarted(String connection) {
        hour.count(LastHour.Kind.UPGRADE_TRIED);
    }

    @Override
    public void upgraded(String connection, Duration took) {
        hour.count(LastHour.Kind.UPGRADED);
        with(connection, live -> live.transport = TransportKind.WEBSOCKET);
    }

    @Override
    public void upgradeFailed(String connection, UpgradeFailure why) {
        fault("not upgraded", word(why), connection);
    }

    @Override
    public void roundTrip(String connection, TransportKind transport, Duration took) {
        with(connection, live -> live.roundTripMillis = took.toMillis());
    }

    @Override
    public void dropped(String connection, Drop what) {
        with(connection, live -> live.drops.increment());
    }

    @Override
    public void refused(Refusal refusal) {
        hour.count(LastHour.Kind.FAILED);
        fault("refused: " + refusal.error().message(), refusal.why(), refusal.address());
    }

    @Override
    public void closed(String connection, TransportKind transport, CloseReason reason, CloseCause cause,
            Duration lifetime) {
        connections.remove(connection);
        switch (reason) {
            case PING_TIMEOUT, TRANSPORT_ERROR, PARSE_ERROR, SEND_QUEUE_FULL, OVERLOADED, INTERNAL_ERROR ->
                fault("ended",
                        cause == CloseCause.UNSPECIFIED ? reason.text() : reason.text() + ": " + cause.text(),
                        connection);
            case TRANSPORT_CLOSE, FORCED_CLOSE, FORCED_SERVER_CLOSE, SERVER_SHUTTING_DOWN,
                    CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT ->
                {}
        }
    }

    @Override
    public void handlerFailed(String socketId, String event, Throwable failure) {
        fault("a handler failed", failure.getClass().getSimpleName(), socketId);
    }

    private void fault(String what, String cause, String from) {
        lock.lock();
        try {
            faults.addFirst(new Fault(clock.instant(), what, cause, from));
            if (faults.size() > ERRORS) {
                faults.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    private void with(String connection, Consumer<Live> change) {
        var entry = connections.get(connection);
        if (entry != null) {
            change.accept(entry.live());
        }
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
