package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The client against npm's socket.io in every transport mode. */
@Tag("real-time")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketClientIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static ReferenceServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = ReferenceServer.start("{\"pingInterval\":400}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SocketClient client(TransportMode mode) {
        return new SocketClient(server.url(), ClientOptions.defaults().withMode(mode));
    }

    private static SocketClient connected(TransportMode mode) {
        return connected(client(mode), mode);
    }

    private static SocketClient connected(SocketClient client, TransportMode mode) {
        client.connect();
        if (mode == TransportMode.UPGRADE) {
            await().atMost(SOON).until(() -> client.upgradeTime().isPresent());
        }
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void usesTheTransportsOfItsMode(TransportMode mode) {
        try (var client = client(mode)) {
            var seen = new CopyOnWriteArrayList<Lifecycle>();
            client.onLifecycle(seen::add);
            client.connect();
            assertThat(client.id()).isNotEmpty().isNotEqualTo(client.handshake().sid());
            assertThat(client.handshake().pingInterval()).isEqualTo(Duration.ofMillis(400));
            assertThat(client.handshake().maxPayload()).hasValue(8_000_000);
            assertThat(client.connectTime()).isGreaterThan(client.handshakeTime());
            String expected = mode == TransportMode.POLLING ? "polling" : "websocket";
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(client.call("transport", SOON).text(0)).isEqualTo(expected)
                                    .isEqualTo(client.transport()));
            await().atMost(SOON).until(() -> seen.size() == (mode == TransportMode.UPGRADE ? 2 : 1));
            assertThat(client.upgradeTime().isPresent()).isEqualTo(mode == TransportMode.UPGRADE);
            assertThat(seen).anyMatch(Lifecycle.Connected.class::isInstance);
        }
    }

    @ParameterizedTest
    @EnumSource
    void echoesEveryKindOfArgument(TransportMode mode) {
        try (var client = connected(mode)) {
            byte[] bytes = new byte[70_000];
            RandomGenerator.of("L64X128MixRandom").nextBytes(bytes);
            var object = JSON.createObjectNode().put("text", "grüß 🎈\u2028").put("nested", new byte[]{4, 5});
            var answer = client.call("echo", SOON, "a\"b\n\u001e", 12, 1.5, true, null, object, bytes);
            assertThat(answer.size()).isEqualTo(7);
            assertThat(answer.text(0)).isEqualTo("a\"b\n\u001e");
            assertThat(answer.json(1).asInt()).isEqualTo(12);
            assertThat(answer.json(2).asDouble()).isEqualTo(1.5);
            assertThat(answer.json(3).asBoolean()).isTrue();
            assertThat(answer.json(4).isNull()).isTrue();
            assertThat(answer.json(5).path("text").asString()).isEqualTo("grüß 🎈\u2028");
            assertThat(answer.bytes(answer.json(5).path("nested"))).containsExactly(4, 5);
            assertThat(answer.bytes(6)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deliversEventsInOrderWithAttachments(TransportMode mode) {
        try (var client = client(mode)) {
            var numbers = new CopyOnWriteArrayList<Integer>();
            client.on("number", event -> {
                int number = event.values().json(0).asInt();
                assertThat(event.values().bytes(1)).hasSize(number % 7 == 0 ? 10 : 0);
                numbers.add(number);
            });
            client.connect();
            // Asked for at once, so that in upgrade mode the answers meet the move between transports.
            client.emit("count to", 3_000);
            await().atMost(SOON).until(() -> numbers.size() == 3_000);
            assertThat(numbers).isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingItSendsDuringTheUpgrade(TransportMode mode) {
        try (var client = client(mode)) {
            client.connect();
            for (int i = 1; i < 2_000; i++) {
                client.emit("sum", i);
            }
            assertThat(client.call("sum", SOON, 2_000).json(0).asInt()).isEqualTo(2_001_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgesEventsOfTheServer(TransportMode mode) {
        try (var client = client(mode)) {
            client.on("question", event -> {
                assertThat(event.wantsAck()).isTrue();
                event.ack(event.values().json(0).asInt() + 1, event.values().bytes(1));
            });
            client.connect();
            var answer = client.call("ask me", SOON);
            assertThat(answer.json(0).get(0).asInt()).isEqualTo(8);
            assertThat(answer.bytes(answer.json(0).get(1))).containsExactly(1, 2, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysAliveOverManyHeartbeats(TransportMode mode) throws IOException, InterruptedException {
        // One heartbeat that is not answered would end it before the time is over.
        try (var impatient = ReferenceServer.start("{\"pingInterval\":400,\"pingTimeout\":4000}");
                var client = connected(
                        new SocketClient(impatient.url(), ClientOptions.defaults().withMode(mode)), mode)) {
            long begun = System.nanoTime();
            await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
                assertThat(client.connected()).isTrue();
                return System.nanoTime() - begun > Duration.ofSeconds(6).toNanos();
            });
            assertThat(client.call("transport", SOON).text(0)).isEqualTo(client.transport());
        }
    }

    @ParameterizedTest
    @EnumSource
    void silentServerEndsTheConnection(TransportMode mode) throws IOException, InterruptedException {
        try (var quiet = ReferenceServer.start("{\"pingInterval\":300,\"pingTimeout\":2500}");
                var client = new SocketClient(quiet.url(), ClientOptions.defaults().withMode(mode))) {
            var seen = new CopyOnWriteArrayList<Lifecycle>();
            client.onLifecycle(seen::add);
            client.connect();
            quiet.freeze();
            await().atMost(SOON).until(() -> seen.contains(new Lifecycle.Disconnected("ping timeout")));
            assertThat(client.connected()).isFalse();
            assertThatThrownBy(() -> client.emit("echo", 1)).isInstanceOf(ClientException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void serverDisconnectIsReported(TransportMode mode) {
        try (var client = connected(mode)) {
            var seen = new CopyOnWriteArrayList<Lifecycle>();
            client.onLifecycle(seen::add);
            client.emit("leave");
            await().atMost(SOON)
                    .until(() -> seen.contains(new Lifecycle.Disconnected("io server disconnect")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void reconnectsAfterALoss(TransportMode mode) {
        var quick = new Reconnection(5, Duration.ofMillis(20), Duration.ofMillis(100), 0.5);
        try (var client = new SocketClient(server.url(),
                ClientOptions.defaults().withMode(mode).withReconnection(quick))) {
            var seen = new CopyOnWriteArrayList<Lifecycle>();
            client.onLifecycle(seen::add);
            client.connect();
            String first = client.id();
            client.emit("cut");
            await().atMost(SOON)
                    .until(() -> seen.stream().filter(Lifecycle.Connected.class::isInstance).count() == 2);
            assertThat(client.id()).isNotEqualTo(first);
            assertThat(client.call("echo", SOON, "again").text(0)).isEqualTo("again");
            assertThat(seen).contains(new Lifecycle.Disconnected("transport close"));
        }
    }

    /** The reference server sometimes refuses the pending poll with "Session ID unknown" after a close packet. */
    @ParameterizedTest
    @EnumSource
    void ownCloseIsReportedAsSuch(TransportMode mode) {
        var seen = new CopyOnWriteArrayList<Lifecycle>();
        for (int i = 0; i < 20; i++) {
            try (var client = client(mode)) {
                client.onLifecycle(seen::add);
                client.connect();
            }
        }
        assertThat(seen).filteredOn(Lifecycle.Disconnected.class::isInstance)
                .isNotEmpty()
                .containsOnly(new Lifecycle.Disconnected("io client disconnect"));
    }

    @ParameterizedTest
    @EnumSource
    void failedAckNamesTheReason(TransportMode mode) {
        try (var client = connected(mode)) {
            client.emit("cut");
            assertThatThrownBy(() -> client.call("never answered", SOON)).isInstanceOf(ClientException.class)
                    .hasMessageContaining("transport close");
        }
    }

    @Test
    void givesUpAfterItsAttempts() throws IOException, InterruptedException {
        var mortal = ReferenceServer.start("{}");
        var quick = new Reconnection(2, Duration.ofMillis(10), Duration.ofMillis(20), 0);
        try (var client = new SocketClient(mortal.url(), ClientOptions.defaults().withReconnection(quick))) {
            var seen = new CopyOnWriteArrayList<Lifecycle>();
            client.onLifecycle(seen::add);
            client.connect();
            mortal.kill();
            await().atMost(SOON).until(() -> !seen.isEmpty() && seen.getLast() instanceof Lifecycle.GaveUp);
            assertThat(seen.stream().filter(Lifecycle.Reconnecting.class::isInstance)).hasSize(2);
        }
    }

    @Test
    void staysOnPollingWhereWebSocketIsRefused() throws IOException, InterruptedException {
        try (var edge = ReferenceServer.start("{\"refuseWebSocket\":true}");
                var client = new SocketClient(edge.url(), ClientOptions.defaults())) {
            var seen = new CopyOnWriteArrayList<Lifecycle>();
            client.onLifecycle(seen::add);
            client.connect();
            await().atMost(SOON).until(() -> seen.size() == 2);
            assertThat(seen.getLast()).isInstanceOfSatisfying(Lifecycle.UpgradeFailed.class,
                    failed -> assertThat(failed.reason()).contains("403").contains("envoy"));
            assertThat(client.call("echo", SOON, "still here").text(0)).isEqualTo("still here");
            assertThat(client.transport()).isEqualTo("polling");
            var direct = new SocketClient(edge.url(),
                    ClientOptions.defaults().withMode(TransportMode.WEBSOCKET));
            assertThatThrownBy(direct::connect).isInstanceOf(ClientException.class)
                    .hasMessageContaining("refused with HTTP 403");
        }
    }

    @Test
    void sendsHeadersAuthAndQuery() {
        var options = ClientOptions.defaults()
                .withHeaders(Map.of("X-Parley", "yes"))
                .withQuery(Map.of("room", "a b"))
                .withAuth(JSON.createObjectNode().put("token", "open"))
                .withNamespace("/private");
        for (var mode : TransportMode.values()) {
            try (var client = new SocketClient(server.url(), options.withMode(mode))) {
                client.connect();
                var told = client.call("headers", SOON);
                assertThat(told.json(0).path("x-parley").asString()).isEqualTo("yes");
                assertThat(told.json(1).path("token").asString()).isEqualTo("open");
                assertThat(told.json(2).path("room").asString()).isEqualTo("a b");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectErrorNamesTheReason(TransportMode mode) {
        var client = new SocketClient(server.url(),
                ClientOptions.defaults().withMode(mode).withNamespace("/private"));
        assertThatThrownBy(client::connect)
                .isInstanceOfSatisfying(ClientException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.REJECTED_BY_NAMESPACE))
                .hasMessageContaining("no entry");
    }

    @Test
    void ackTimesOut() {
        try (var client = connected(TransportMode.UPGRADE)) {
            assertThatThrownBy(() -> client.call("never answered", Duration.ofMillis(300)))
                    .isInstanceOfSatisfying(ClientException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                    .hasMessage("The answer to \"never answered\" took longer than 0.3 s.");
        }
    }

    @Test
    void otherServersAreDescribedInOneSentence() {
        for (var path : List.of("/page/", "/moved/", "/gateway/", "/nothing/")) {
            var client = new SocketClient(server.url(), ClientOptions.defaults().withPath(path));
            String expected = switch (path) {
                case "/page/" -> "web page";
                case "/moved/" -> "redirects to https://elsewhere.example/";
                case "/gateway/" -> "HTTP 502 (server: edge)";
                default -> "HTTP 404: no Socket.IO under this path";
            };
            assertThatThrownBy(client::connect)
                    .isInstanceOfSatisfying(ClientException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SOCKET_IO))
                    .hasMessageContaining(expected);
        }
    }

    @Test
    void missingTransportIsReported() throws IOException, InterruptedException {
        try (var only = ReferenceServer.start("{\"transports\":[\"websocket\"]}")) {
            var client = new SocketClient(only.url(), ClientOptions.defaults());
            assertThatThrownBy(client::connect).isInstanceOf(ClientException.class)
                    .hasMessageContaining("Transport unknown (code 0, HTTP 400)");
        }
    }

    @Test
    void unreachableServersAreReported() {
        for (var mode : TransportMode.values()) {
            var refused = new SocketClient(URI.create("http://127.0.0.1:1"),
                    ClientOptions.defaults().withMode(mode));
            assertThatThrownBy(refused::connect).isInstanceOf(ClientException.class)
                    .hasMessageContaining("connection refused");
            var unknown = new SocketClient(URI.create("http://no-such-host.invalid"),
                    ClientOptions.defaults().withMode(mode));
            assertThatThrownBy(unknown::connect).isInstanceOf(ClientException.class)
                    .hasMessageContaining("is not known");
            var plain = new SocketClient(URI.create("https://" + server.url().getAuthority()),
                    ClientOptions.defaults().withMode(mode));
            assertThatThrownBy(plain::connect).isInstanceOfSatisfying(ClientException.class,
                    e -> assertThat(e.kind()).isEqualTo(Kind.TLS));
        }
    }
}
