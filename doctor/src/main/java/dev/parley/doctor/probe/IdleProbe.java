package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.CookieJar;
import dev.parley.doctor.session.PacketCodec;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.WebSocketAttempt;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WebSocketConnection;
import dev.parley.doctor.wire.WebSocketConnection.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether a connection without traffic stays open until the server's first ping. Runs in the background for the pingInterval of the
 * server.
 */
public record IdleProbe(boolean webSocket, EngineHandshake handshake) implements Probe {
    /** Tolerated delay of a ping from a busy server. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    public String title() {
        return webSocket ? "An idle WebSocket" : "An idle polling request";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        var interval = handshake.pingInterval();
        if (interval.compareTo(client.plan().firstPingTimeout()) > 0) {
            return List.of(new Evidence.Skipped(title(),
                    "the server's first ping comes only after " + interval.toSeconds() + " s; --patience "
                            + (interval.toSeconds() + 5) + " waits for it"));
        }
        var patient = client.withExtraTime(client.plan().firstPingTimeout().plus(GRACE));
        return List.of(webSocket ? socket(patient, interval) : polling(patient, interval));
    }

    private Evidence polling(ProbeClient client, Duration interval) {
        var jar = new CookieJar();
        var opened = client.send(Request.get(client.handshakeTarget()), client.responseTimeout());
        var open = opened.response().flatMap(response -> PacketCodec.anyHandshake(response.body()));
        if (open.isEmpty()) {
            return new Evidence.Skipped(title(), "no session could be opened for it");
        }
        opened.response().map(Response::headers).ifPresent(jar::store);
        String address = client.pollingTarget(open.get().sid());
        // Joins the namespace, because servers close a session that joins none.
        var joined = client.send(jar.addTo(Request.post(address, client.codec().payload(connect(client)))),
                client.responseTimeout());
        if (!joined.hasStatus(200)) {
            return new Evidence.Skipped(title(), "its session was lost");
        }
        long end = System.nanoTime() + interval.plus(GRACE).plus(GRACE).toNanos();
        while (true) {
            long begun = System.nanoTime();
            var held = client.send(jar.addTo(Request.get(address)),
                    ProbeClient.shorterOf(interval.plus(GRACE), client.timeLeft()));
            var packets = held.response()
                    .filter(response -> response.status() == 200)
                    .flatMap(response -> client.codec().read(response.body()));
            var idle = ProbeClient.elapsedSince(begun);
            boolean pinged = packets.filter(all -> all.stream().anyMatch(EnginePacket.Ping.class::isInstance))
                    .isPresent();
            boolean silent = packets.isEmpty();
            if (pinged || silent || System.nanoTime() > end) {
                PollingProbe.closeSession(client, open.get());
                return new Evidence.Idle(TransportKind.POLLING.text(), interval, pinged, idle,
                        pinged ? Optional.empty() : Optional.of(held));
            }
        }
    }

    private Evidence socket(ProbeClient client, Duration interval) {
        var attempt = WebSocketAttempt.open(client, Optional.empty(), new CookieJar());
        WebSocketConnection connection = attempt.connection();
        if (connection == null) {
            return new Evidence.Skipped(title(), "no WebSocket could be opened for it");
        }
        long begun = System.nanoTime();
        try (connection) {
            connection.read(client.responseTimeout());
            client.codec().write(connect(client), connection);
            begun = System.nanoTime();
            while (true) {
                var frame = connection.read(ProbeClient.shorterOf(interval.plus(GRACE), client.timeLeft()));
                if (frame instanceof Frame.Closed closed) {
                    var failure = new ConnectionFailure(ConnectionFailure.Kind.CLOSED,
                            "close code " + closed.code());
                    return cut(interval, begun, new Outcome.Failed(failure, ProbeClient.elapsedSince(begun)));
                }
                if (client.codec().frame(frame).filter(EnginePacket.Ping.class::isInstance).isPresent()) {
                    return new Evidence.Idle(TransportKind.WEBSOCKET.text(), interval, true,
                            ProbeClient.elapsedSince(begun), Optional.empty());
                }
                begun = System.nanoTime();
            }
        } catch (WireException e) {
            return cut(interval, begun, new Outcome.Failed(e.failure(), ProbeClient.elapsedSince(begun)));
        }
    }

    private static List<EnginePacket> connect(ProbeClient client) {
        return SocketEncoder.encode(client.target().connectPacket());
    }

    private static Evidence cut(Duration interval, long begun, Outcome how) {
        return new Evidence.Idle(TransportKind.WEBSOCKET.text(), interval, false,
                ProbeClient.elapsedSince(begun), Optional.of(how));
    }
}
