package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import dev.parley.settings.Settings;
import dev.parley.testing.Ports;
import dev.parley.testing.RedisServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two servers of the application in one cluster, with a real Redis. Needs the program redis-server. */
@Tag("real-time")
class ClusterAppIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "a secret of at least 32 bytes ----";
    private static final String TOKEN = "0123456789abcdef0123";

    private final HttpClient http = HttpClient.newHttpClient();
    private RedisServer redis;
    private TestServer a;
    private TestServer b;
    private String cookie = "";
    private String csrf = "";

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer();
        a = server();
        b = server();
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
        redis.stop();
    }

    @Test
    void conversationsOfAllServersAreCountedTogether() {
        try (var ann = new Caller(a); var bob = new Caller(b)) {
            ann.startTalking();
            await().until(() -> state(a).path("talking").asInt() == 1);
            await().until(() -> node(a, 0, "conversations") + node(a, 1, "conversations") == 1);

            bob.startTalking();
            await().until(() -> bob.queue.contains("1"));

            ann.client.close();
            await().until(() -> bob.queue.contains("0"));
        }
    }

    @Test
    void spendingOfTheDayIsCountedTogether() {
        try (var ann = new Caller(a); var bob = new Caller(b)) {
            ann.startTalking();
            await().until(() -> !a.model().streams.isEmpty());
            a.model().streams.getFirst().say(new dev.parley.voice.ModelEvent.Usage(6_000, 0, 0, 0));
            ann.client.close();
            await().until(() -> state(b).path("nodes").path(0).path("tokens").asInt() == 6_000
                    && state(b).path("nodes").path(1).path("tokens").asInt() == 6_000);

            bob.startTalking();
            await().until(() -> !b.model().streams.isEmpty());
            b.model().streams.getFirst().say(new dev.parley.voice.ModelEvent.Usage(4_000, 0, 0, 0));
            await().until(() -> bob.errors.toString().contains("Today's limit"));
        }
    }

    @Test
    void loginWorksOnEveryServerAndEndsOnEvery() throws Exception {
        var answer = post(a, "/admin/login", "{\"password\":\"open sesame\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
        csrf = JSON.readTree(answer.body()).path("csrf").asString();

        assertThat(get(b, "/admin/state").statusCode()).isEqualTo(200);
        assertThat(post(b, "/admin/logout", "{}").statusCode()).isEqualTo(200);

        assertThat(get(b, "/admin/state").statusCode()).isEqualTo(401);
        await().until(() -> get(a, "/admin/state").statusCode() == 401);
    }

    @Test
    void connectionOfAnotherServerIsSeenAndEnded() {
        try (var bob = new Caller(b)) {
            String other = state(b).path("node").asString();
            await().until(() -> state(a).path("nodes").size() == 2);
            var there = await().until(() -> state(a, other), state -> state.path("total").asInt() == 1);
            String connection = there.path("connections").path(0).path("name").asString();
            assertThat(there.path("node").asString()).isEqualTo(other);
            assertThat(state(a).path("total").asInt()).isZero();

            assertThat(program(a, "/admin/disconnect", "{\"connection\":\"nobody\"}")).isEqualTo(404);
            assertThat(program(a, "/admin/disconnect", "{\"connection\":\"" + connection + "\"}"))
                    .isEqualTo(200);

            await().until(() -> !bob.client.connected());
        }
    }

    @Test
    void otherServerIsDrainedAndSeenToDrain() throws Exception {
        String other = state(b).path("node").asString();
        await().until(() -> state(a).path("nodes").size() == 2);

        assertThat(program(a, "/admin/drain", "{\"node\":\"nobody\"}")).isEqualTo(404);
        assertThat(program(a, "/admin/drain", "{\"node\":\"" + other + "\"}")).isEqualTo(200);

        await().until(() -> get(b, "/health/ready").statusCode() == 503);
        assertThat(get(a, "/health/ready").statusCode()).isEqualTo(200);
        await().until(() -> state(a).path("nodes").path(0).path("draining").asBoolean()
                ^ state(a).path("nodes").path(1).path("draining").asBoolean());
    }

    @Test
    void serverThatIsClosedIsNoLongerListed() {
        await().until(() -> state(a).path("nodes").size() == 2);

        b.close();

        await().until(() -> state(a).path("nodes").size() == 1);
    }

    @Test
    void withoutRedisServersStayReadyAndSaySo() throws Exception {
        await().until(() -> ready(a).path("cluster").path("servers").asInt() == 2);
        assertThat(ready(a).path("cluster").path("redis").asString()).isEqualTo("connected");
        assertThat(get(a, "/metrics").body()).contains("parley_cluster_connected 1.0")
                .contains("parley_cluster_servers 2.0")
                .contains("parley_cluster_gaps_total 0.0")
                .contains("parley_cluster_messages_total{outcome=\"dropped\"} 0.0");

        redis.kill();

        await().until(() -> ready(a).path("cluster").path("redis").asString().equals("away"));
        assertThat(get(a, "/health/ready").statusCode()).isEqualTo(200);
        await().until(() -> get(a, "/metrics").body().contains("parley_cluster_connected 0.0"));
        try (var ann = new Caller(a)) {
            ann.startTalking();
            await().until(() -> !a.model().streams.isEmpty());
        }
        redis.start();
        await().until(() -> ready(a).path("cluster").path("redis").asString().equals("connected"));
    }

    @Test
    void sessionIsServedByAnotherServerThroughRedis() {
        assertThatSessionOfAIsServedByB();
    }

    @Test
    void sessionIsServedByAnotherServerDirectly() {
        a.close();
        a = server(Map.of("cluster-address", "127.0.0.1:" + Ports.free()));

        assertThatSessionOfAIsServedByB();
    }

    private void assertThatSessionOfAIsServedByB() {
        String path = "/socket.io/?EIO=4&transport=polling";
        String opened = get(a, path).body();
        String session = path + "&sid=" + JSON.readTree(opened.substring(1)).path("sid").asString();
        await().until(() -> ready(b).path("cluster").path("servers").asInt() == 2);

        assertThat(send(HttpRequest.newBuilder(b.uri(session)).POST(BodyPublishers.ofString("40"))).body())
                .isEqualTo("ok");
        assertThat(get(b, session).body()).startsWith("40{\"sid\":");
    }

    @Test
    void startWithoutRedisIsRefusedInOneSentence() {
        var settings = Settings.read(Map.of("host", "127.0.0.1", "port", "0", "redis-url",
                "redis://user:hush@127.0.0.1:1", "cluster-secret", SECRET), Map.of());

        assertThatThrownBy(() -> Parley.start(settings, new Models())).isInstanceOf(StartException.class)
                .hasMessageContaining("Redis cannot be reached at 127.0.0.1:1")
                .hasMessageNotContaining("hush");
    }

    @Test
    void takenPortForOtherServersIsNamed() throws IOException {
        try (var taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            var settings = Settings.read(Map.of("host", "127.0.0.1", "port", "0", "redis-url", redis.url(),
                    "cluster-secret", SECRET, "cluster-address", "127.0.0.1:" + port), Map.of());

            assertThatThrownBy(() -> Parley.start(settings, new Models())).isInstanceOf(StartException.class)
                    .hasMessage("Port " + port
                            + " for other servers is already in use. Choose another with --cluster-address.");
        }
    }

    private TestServer server() {
        return server(Map.of());
    }

    private TestServer server(Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.putAll(Map.of("redis-url", redis.url(), "cluster-secret", SECRET, "max-conversations", "1",
                "max-tokens-per-day", "10000", "max-tokens-per-user", "0", "admin-password", "open sesame",
                "admin-token", TOKEN, "metrics", "public"));
        return TestServer.start(settings);
    }

    /** A browser. */
    private static final class Caller implements AutoCloseable {
        private final SocketClient client;
        private final List<String> queue = new CopyOnWriteArrayList<>();
        private final List<String> errors = new CopyOnWriteArrayList<>();

        Caller(TestServer server) {
            client = new SocketClient(server.uri("/"),
                    ClientOptions.defaults().withMode(TransportMode.WEBSOCKET));
            client.on("queue", event -> queue.add(event.values().json(0).path("position").asString("")));
            client.on("error", event -> errors.add(event.values().json(0).toString()));
            client.connect();
        }

        void startTalking() {
            client.emit("promptStart");
            client.emit("audioStart");
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private JsonNode state(TestServer server) {
        return state(server, "");
    }

    private JsonNode state(TestServer server, String node) {
        return JSON.readTree(send(HttpRequest.newBuilder(server.uri("/admin/state?node=" + node))
                .header("Authorization", "Bearer " + TOKEN)).body()).path("state");
    }

    private int node(TestServer server, int index, String field) {
        return state(server).path("nodes").path(index).path(field).asInt();
    }

    private JsonNode ready(TestServer server) {
        return JSON.readTree(get(server, "/health/ready").body());
    }

    private int program(TestServer server, String path, String body) {
        return send(HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))).statusCode();
    }

    private HttpResponse<String> get(TestServer server, String path) {
        return send(HttpRequest.newBuilder(server.uri(path)).header("Cookie", cookie));
    }

    private HttpResponse<String> post(TestServer server, String path, String body) {
        return send(HttpRequest.newBuilder(server.uri(path))
                .header("Cookie", cookie)
                .header("X-CSRF-Token", csrf)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
