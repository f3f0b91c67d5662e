package dev.parley.server.metrics;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.UpgradeFailure;
import dev.parley.server.engine.WebSocketViolation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;

/**
 * Records a server's connection events as Micrometer meters. Pass it to {@link SocketIoServer#addListener}. Every meter exists from the
 * start with the value zero. No label value comes from a client, so the number of meters is fixed. Their meaning is in
 * {@code docs/metrics.md}. Thread-safe.
 */
public final class ServerMetrics implements ServerListener {
    private final Map<FailedConnection, Counter> failed;
    private final Map<UpgradeFailure, Counter> upgradesFailed;
    private final Map<Drop, Counter> dropped;
    private final Map<CloseReason, Counter> disconnects;
    private final Map<CloseCause, Counter> transportErrors;
    private final Map<WebSocketViolation, Counter> violations;
    private final Map<TransportKind, Map<EngineRevision, Counter>> opened;
    private final Map<TransportKind, Timer> pings;
    private final Timer connectTime;
    private final Timer lifetime;
    private final Timer upgradeTime;
    private final Counter upgradesTried;
    private final Counter upgradesSucceeded;
    private final Counter handlersFailed;
    private final Timer slowHandlers;

    /** Registers all meters in a registry. They change once this is passed to {@link SocketIoServer#addListener}. */
    public ServerMetrics(MeterRegistry registry, SocketIoServer server) {
        var meters = new Meters(registry);
        failed = meters.counters("parley.connections.failed", "Requests and clients that were rejected",
                "cause", FailedConnection.class, FailedConnection::label);
        upgradesFailed = meters.counters("parley.upgrades.failed", "Upgrades to WebSocket that failed",
                "cause", UpgradeFailure.class, Meters::label);
        dropped = meters.counters("parley.dropped", "Events that were not sent", "cause", Drop.class,
                Meters::label);
        disconnects = meters.counters("parley.disconnects", "Sessions ended", "reason", CloseReason.class,
                reason -> reason.text().replace(' ', '_'));
        transportErrors = meters.counters("parley.transport.errors",
                "Sessions ended with \"transport error\"", "cause", CloseCause.class, Meters::label);
        violations = meters.counters("parley.websocket.violations",
                "WebSockets whose client violated the protocol", "violation", WebSocketViolation.class,
                Meters::label);
        opened = Meters.each(TransportKind.class,
                transport -> Meters.each(EngineRevision.class,
                        revision -> meters.counter("parley.connections.opened", "Sessions opened",
                                "transport", transport.text(), "revision", Meters.number(revision))));
        pings = Meters.each(TransportKind.class, transport -> meters.timer("parley.ping.time",
                "Time from a ping to its pong", "transport", transport.text()));
        connectTime = meters.timer("parley.connect.time",
                "Time from the handshake to the first namespace joined");
        lifetime = meters.longTimer("parley.connection.lifetime",
                "Time from the handshake to the end of the session");
        upgradeTime = meters.timer("parley.upgrade.time",
                "Time from the request of a WebSocket to the completed upgrade");
        upgradesTried = meters.counter("parley.upgrades.tried",
                "WebSockets opened to upgrade a polling session");
        upgradesSucceeded = meters.counter("parley.upgrades.succeeded",
                "Upgrades to WebSocket that succeeded");
        handlersFailed = meters.counter("parley.handlers.failed", "Handlers that threw an exception");
        slowHandlers = meters.longTimer("parley.handlers.slow", "Handlers slower than slowHandler");
        meters.gauges(server);
    }

    @Override
    public void opened(String connection, TransportKind transport, Handshake handshake) {
        var revision = EngineRevision.parse(handshake.parameter(EngineQuery.REVISION).orElse(""));
        at(at(opened, transport), revision.orElse(EngineRevision.V4)).increment();
    }

    @Override
    public void connected(String connection, Duration took) {
        connectTime.record(took);
    }

    @Override
    public void notConnected(String connection, ConnectFailure why) {
        at(failed, FailedConnection.of(why)).increment();
    }

    @Override
    public void refused(Refusal refusal) {
        at(failed, FailedConnection.of(refusal)).increment();
        if (refusal.why().equals(Refusal.NO_UPGRADE)) {
            upgradesTried.increment();
            at(upgradesFailed, UpgradeFailure.HEADERS).increment();
        }
    }

    @Override
    public void upgradeStarted(String connection) {
        upgradesTried.increment();
    }

    @Override
    public void upgraded(String connection, Duration took) {
        upgradesSucceeded.increment();
        upgradeTime.record(took);
    }

    @Override
    public void upgradeFailed(String connection, UpgradeFailure why) {
        at(upgradesFailed, why).increment();
    }

    @Override
    public void roundTrip(String connection, TransportKind transport, Duration took) {
        at(pings, transport).record(took);
    }

    @Override
    public void violated(String connection, WebSocketViolation violation) {
        at(violations, violation).increment();
    }

    @Override
    public void closed(String connection, TransportKind transport, CloseReason reason, CloseCause cause,
            Duration lived) {
        at(disconnects, reason).increment();
        if (reason == CloseReason.TRANSPORT_ERROR) {
            at(transportErrors, cause).increment();
        }
        lifetime.record(lived);
    }

    @Override
    public void dropped(String connection, Drop what) {
        at(dropped, what).increment();
    }

    @Override
    public void handlerFailed(String socketId, String event, Throwable failure) {
        handlersFailed.increment();
    }

    @Override
    public void slowHandler(String socketId, String event, Duration took) {
        slowHandlers.record(took);
    }

    private static <K, V> V at(Map<K, V> all, K key) {
        V value = all.get(key);
        if (value == null) {
            throw new IllegalStateException("every kind has a meter");
        }
        return value;
    }
}
