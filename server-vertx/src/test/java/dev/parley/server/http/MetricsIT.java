package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Middleware;
import dev.parley.server.RefusedException;
import dev.parley.server.ServerOptions;
import dev.parley.server.metrics.ServerMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each meter of the server, moved by the thing it counts. */
@Tag("real-time")
class MetricsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TestServer server = start(ServerOptions.defaults());
    private Peer peer = new Peer(server);

    @AfterEach
    void close() {
        peer.close();
        server.close();
    }

    @Test
    void countsAPollingConnectionFromItsOpeningToItsEnd() throws Exception {
        String sid = peer.join();

        assertThat(value("parley.connections.opened", "transport", "polling", "revision", "4")).isEqualTo(1);
        assertThat(value("parley.connections.open", "transport", "polling", "revision", "4")).isEqualTo(1);
        assertThat(value("parley.connections.open", "transport", "websocket", "revision", "4")).isZero();
        assertThat(value("parley.connect.time")).isEqualTo(1);

        peer.post(sid, "42[\"inline\",\"some text\"]");
        peer.poll(sid);
        assertThat(value("parley.messages", "direction", "in", "transport", "polling")).isEqualTo(2);
        assertThat(value("parley.messages", "direction", "out", "transport", "polling")).isEqualTo(2);
        assertThat(value("parley.bytes", "direction", "in", "transport", "polling"))
                .isEqualTo("40".length() + "42[\"inline\",\"some text\"]".length());
        assertThat(value("parley.bytes", "direction", "out", "transport", "polling")).isGreaterThan(24);

        peer.post(sid, "1");
        await("parley.disconnects", 1, "reason", "transport_close");
        await("parley.connection.lifetime", 1);
        await("parley.connections.open", 0, "transport", "polling", "revision", "4");
    }

    @Test
    void countsAnOldClientAsOne() throws Exception {
        peer.close();
        server.close();
        server = start(ServerOptions.builder().allowEIO3(true).build());
        peer = new Peer(server);

        peer.send("GET", "?EIO=3&transport=polling", "");

        assertThat(value("parley.connections.opened", "transport", "polling", "revision", "3")).isEqualTo(1);
        assertThat(value("parley.connections.open", "transport", "polling", "revision", "3")).isEqualTo(1);
    }

    @Test
    void countsTransportErrorsByTheirCauseAndViolationsByTheirKind() throws Exception {
        var frames = peer.joinFrames();
        var sending = frames.socket().sendBinary(ByteBuffer.allocate(1_000_001), true);
        await("parley.websocket.violations", 1, "violation", "message_too_large");
        await("parley.transport.errors", 1, "cause", "message_too_large");
        // The connection may have ended before all was sent.
        Awaitility.await().atMost(LONG).until(sending::isDone);
        peer.joinFrames().send("2");
        await("parley.transport.errors", 1, "cause", "unexpected_ping");
        assertThat(value("parley.disconnects", "reason", "transport_error")).isEqualTo(2);
        assertThat(value("parley.transport.errors", "cause", "unspecified")).isZero();
    }

    @Test
    void countsWhatGoesOverWebSocket() throws Exception {
        var frames = peer.joinFrames();
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");

        assertThat(value("parley.connections.opened", "transport", "websocket", "revision", "4"))
                .isEqualTo(1);
        assertThat(value("parley.messages", "direction", "in", "transport", "websocket")).isEqualTo(2);
        assertThat(value("parley.messages", "direction", "out", "transport", "websocket")).isEqualTo(2);
        assertThat(value("parley.bytes", "direction", "in", "transport", "websocket")).isEqualTo(16);
        assertThat(value("parley.bytes", "direction", "out", "transport", "websocket")).isGreaterThan(14);
    }

    @Test
    void countsAnUpgrade() throws Exception {
        String sid = peer.join();
        var frames = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        frames.send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        frames.send("5");

        await("parley.upgrades.succeeded", 1);
        assertThat(value("parley.upgrades.tried")).isEqualTo(1);
        await("parley.upgrade.time", 1);
        assertThat(value("parley.connections.open", "transport", "websocket", "revision", "4")).isEqualTo(1);
        assertThat(value("parley.connections.open", "transport", "polling", "revision", "4")).isZero();
    }

    @Test
    void tellsApartWhyAnUpgradeFailed() throws Exception {
        String sid = peer.join();
        peer.send("GET", "?" + Peer.WEBSOCKET + "&sid=" + sid, "");
        await("parley.upgrades.failed", 1, "cause", "headers");

        peer.frames(Peer.WEBSOCKET + "&sid=" + sid).send("4hello");
        await("parley.upgrades.failed", 1, "cause", "probe");

        var leaving = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        leaving.socket().sendClose(1000, "").join();
        await("parley.upgrades.failed", 1, "cause", "lost");

        peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        server.io.sockets().sockets().forEach(socket -> socket.disconnect(true));
        await("parley.upgrades.failed", 1, "cause", "closed");
        assertThat(value("parley.upgrades.tried")).isEqualTo(4);
    }

    @Test
    void countsAWebSocketThatSaysNothingAsTimedOut() throws Exception {
        restart(options().upgradeTimeout(Duration.ofMillis(100)));
        String sid = peer.join();
        var silent = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        await("parley.upgrades.failed", 1, "cause", "timeout");
        assertThat(silent.next()).startsWith("closed");
    }

    @Test
    void countsASecondWebSocketAsRefused() throws Exception {
        String sid = peer.join();
        var first = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        first.send("2probe");
        first.next();

        assertThat(peer.frames(Peer.WEBSOCKET + "&sid=" + sid).next()).isEqualTo("closed 1000");

        await("parley.upgrades.failed", 1, "cause", "refused");
    }

    @Test
    void tellsApartWhyAConnectionFailed() throws Exception {
        restart(options().maxSessions(4));
        peer.send("GET", "?EIO=4&transport=pigeon", "");
        peer.poll("nobody");
        peer.send("POST", "?" + Peer.POLLING, "");
        peer.send("GET", "?EIO=9&transport=polling", "");
        peer.send("PUT", "?" + Peer.POLLING + "&sid=" + peer.handshake(), "");
        peer.send("GET", "?" + Peer.POLLING, "", "Origin", "https://elsewhere.example");
        for (String cause : List.of("transport", "sid", "method", "revision", "request", "origin")) {
            assertThat(value("parley.connections.failed", "cause", cause)).as(cause).isEqualTo(1);
        }
    }

    @Test
    void countsClientsThatJoinNoNamespaceInTime() throws Exception {
        restart(options().connectTimeout(Duration.ofMillis(200)));
        peer.handshake();
        await("parley.connections.failed", 1, "cause", "timeout");
    }

    @Test
    void countsRefusedClientsByCause() throws Exception {
        server.io.use(refusing(new RefusedException("go away")));
        String sid = peer.handshake();
        peer.post(sid, "40");
        await("parley.connections.failed", 1, "cause", "auth");
        peer.post(sid, "40/nowhere,");
        await("parley.connections.failed", 1, "cause", "namespace");
        server.io.of("/broken").use(refusing(new IllegalStateException("for this test")));
        peer.post(sid, "40/broken,");
        await("parley.connections.failed", 1, "cause", "error");
        await("parley.handlers.failed", 1);
        assertThat(value("parley.connect.time")).isZero();
    }

    @Test
    void countsHandshakesAboveMaxSessions() throws Exception {
        restart(options().maxSessions(1));
        peer.handshake();

        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(503);

        assertThat(value("parley.connections.failed", "cause", "full")).isEqualTo(1);
    }

    @Test
    void countsWhatTheApplicationForbids() throws Exception {
        peer.close();
        server.close();
        server = TestServer.start(ServerOptions.defaults(),
                HttpOptions.builder().allowRequest(handshake -> java.util.Optional.of("no")).build());
        server.io.addListener(new ServerMetrics(meters, server.io));
        peer = new Peer(server);

        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(403);

        assertThat(value("parley.connections.failed", "cause", "forbidden")).isEqualTo(1);
    }

    @Test
    void timesPings() throws Exception {
        restart(options().pingInterval(Duration.ofMillis(100)));
        var frames = peer.frames(Peer.WEBSOCKET);
        for (String said = frames.next(); !said.equals("2"); said = frames.next()) {
            assertThat(said).startsWith("0{"); // a ping may come at any time
        }
        frames.send("3");
        await("parley.ping.time", 1, "transport", "websocket");

        String sid = peer.handshake();
        assertThat(peer.poll(sid).body()).isEqualTo("2");
        peer.post(sid, "3");
        await("parley.ping.time", 1, "transport", "polling");
    }

    @Test
    void showsWhatWaits() throws Exception {
        String sid = peer.join();
        var socket = server.io.sockets().sockets().iterator().next();
        socket.emit("down", "x".repeat(1_000));
        await("parley.queue.send.bytes", 1_013 + 64);
        assertThat(value("parley.queue.send.bytes.most")).isEqualTo(1_013 + 64);

        peer.post(sid, "42[\"block\"]\u001e42[\"echo\",1]\u001e42[\"echo\",2]");
        await("parley.queue.events", 2);
        assertThat(value("parley.queue.events.most")).isEqualTo(2);
    }

    @Test
    void countsDrops() throws Exception {
        restart(options().maxQueuedBytes(5_000));
        peer.join();
        var socket = server.io.sockets().sockets().iterator().next();
        socket.emitVolatile("down", 1);
        await("parley.dropped", 1, "cause", "volatile");

        server.io.sockets().sockets().forEach(each -> {
            server.io.to(each.id()).emit("down", "x".repeat(6_000));
            server.io.to(each.id()).emit("down", "x".repeat(6_000));
        });
        await("parley.disconnects", 1, "reason", "send_queue_full");
        assertThat(value("parley.dropped", "cause", "send_queue_full")).isEqualTo(1);
    }

    @Test
    void countsSlowHandlers() throws Exception {
        restart(options().slowHandler(Duration.ofMillis(1)));
        server.io.onConnection(socket -> socket.on("linger",
                event -> server.gate.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)));
        String sid = peer.join();
        peer.post(sid, "42[\"linger\"]");
        Awaitility.await().atMost(LONG).until(() -> value("parley.handlers.slow") >= 1);
    }

    @Test
    void numberOfMetersDoesNotGrowWithLoad() throws Exception {
        Set<String> before = names();
        assertThat(before).hasSizeGreaterThan(50);
        peer.join();
        peer.send("GET", "?EIO=4&transport=" + "x".repeat(30), "");
        server.io.of("/some").onConnection(socket -> {});

        assertThat(names()).isEqualTo(before);
    }

    private static Middleware refusing(Exception why) {
        return socket -> {
            throw why;
        };
    }

    private static ServerOptions.Builder options() {
        return ServerOptions.defaults().toBuilder().transports(List.of(TransportKind.values()));
    }

    private void restart(ServerOptions.Builder options) {
        peer.close();
        server.close();
        server = start(options.build());
        peer = new Peer(server);
    }

    private TestServer start(ServerOptions options) {
        meters.clear();
        var started = TestServer.start(options);
        started.io.addListener(new ServerMetrics(meters, started.io));
        return started;
    }

    private Set<String> names() {
        return meters.getMeters()
                .stream()
                .map(meter -> meter.getId().getName() + meter.getId().getTags())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void await(String name, double value, String... tags) {
        Awaitility.await(name + String.join(" ", tags))
                .atMost(LONG)
                .untilAsserted(() -> assertThat(value(name, tags)).isEqualTo(value));
    }

    /** A counter's or gauge's value; a timer's count. */
    private double value(String name, String... tags) {
        Meter meter = meters.get(name).tags(tags).meter();
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(measure -> measure.getStatistic() == Statistic.COUNT
                        || measure.getStatistic() == Statistic.VALUE)
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
