package dev.parley.site.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.app.TestServer;
import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import dev.parley.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests access to the admin page and its actions, with real connections; {@code e2e/admin.test.mjs} tests its appearance. */
@Tag("real-time")
class AdminIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String TOKEN = "0123456789abcdef0123";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer parley = TestServer.start(Map.of("admin-password", "open sesame"));
    private String cookie = "";
    private String csrf = "";
    private String authorization = "";

    @AfterEach
    void close() {
        parley.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/admin/", "/admin/admin.js", "/admin/state", "/admin/index.html"})
    void pageIsNotFoundWithoutAPassword(String path) throws Exception {
        parley.close();
        parley = TestServer.start(Map.of());
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(post("/admin/login", "{\"password\":\"\"}").statusCode()).isEqualTo(404);
    }

    @Test
    void shortPasswordStopsTheStart() {
        assertThatThrownBy(() -> Settings.read(Map.of("admin-password", "short"), Map.of()))
                .hasMessageContaining("admin-password")
                .hasMessageContaining("at least 8 characters")
                .hasMessageNotContaining("\"short\"");
    }

    @Test
    void requestsWithoutLoginGetNoData() throws Exception {
        assertThat(get("/admin/").body()).contains("<title>Parley: connections</title>");
        assertThat(get("/admin/state").statusCode()).isEqualTo(401);
        cookie = "parley_admin=made-up";
        assertThat(get("/admin/state").statusCode()).isEqualTo(401);
        assertThat(post("/admin/drain", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void cookieIsStrictAndHttpOnly() throws Exception {
        var answer = post("/admin/login", "{\"password\":\"open sesame\"}");
        assertThat(answer.headers().firstValue("Set-Cookie")).get()
                .asString()
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/admin")
                .doesNotContain("Secure");
    }

    @Test
    void rightPasswordWorksAfterTenWrongOnesButLater() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(post("/admin/login", "{\"password\":\"wrong\"}").statusCode()).isEqualTo(401);
        }
        long begun = System.nanoTime();

        assertThat(post("/admin/login", "{\"password\":\"open sesame\"}").statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void largeUploadIsRefusedAtOnce() throws Exception {
        try (var socket = new Socket(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), parley.port())) {
            socket.setSoTimeout((int) LONG.toMillis());
            socket.getOutputStream()
                    .write(("POST /admin/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2000000000\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));

            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all).startsWith("HTTP/1.1 413 "); // and the connection is closed
        }
    }

    @Test
    void connectionsAndErrorsAreListedAndOneIsEnded() throws Exception {
        login();
        try (var client = client(TransportMode.UPGRADE)) {
            await().atMost(LONG).until(() -> client.transport().equals("websocket"));
            get("/socket.io/?EIO=4&transport=polling&sid=nobody");
            // Counters are updated a moment later than the list.
            JsonNode state = await().atMost(LONG)
                    .until(this::state,
                            now -> now.path("connections")
                                    .path(0)
                                    .path("transport")
                                    .asString("")
                                    .equals("websocket") && sum(now, "upgraded") == 1);
            assertThat(state.path("total").asInt()).isEqualTo(1);
            JsonNode row = state.path("connections").path(0);
            assertThat(row.path("revision").asString()).isEqualTo("4");
            assertThat(row.path("address").asString()).isEqualTo("127.0.0.1");
            assertThat(state.path("errors").path(0).path("what").asString())
                    .isEqualTo("refused: Session ID unknown");
            assertThat(state.path("minutes").size()).isEqualTo(60);
            assertThat(sum(state, "opened")).isEqualTo(1);
            assertThat(sum(state, "upgradesTried")).isEqualTo(1);
            assertThat(sum(state, "failed")).isEqualTo(1);

            String name = row.path("name").asString();
            assertThat(post("/admin/disconnect", "{\"connection\":\"nobody\"}").statusCode()).isEqualTo(404);
            assertThat(post("/admin/disconnect", "{\"connection\":\"" + name + "\"}").statusCode())
                    .isEqualTo(200);
            await().atMost(LONG).until(() -> !client.connected());
            await().atMost(LONG).until(() -> state().path("total").asInt() == 0);
        }
    }

    @Test
    void conversationIsListedUntilItEnds() throws Exception {
        login();
        try (var client = client(TransportMode.WEBSOCKET)) {
            assertThat(state().path("talking").asInt(-1)).isZero();
            client.emit("promptStart");
            client.emit("audioStart");
            await().atMost(LONG).until(() -> talk().path("state").asString("").equals("listening"));

            assertThat(talk().path("connection").asString())
                    .isEqualTo(state().path("connections").path(0).path("name").asString());
            assertThat(talk().path("transport").asString()).isEqualTo("websocket");
            assertThat(talk().path("turns").asInt(-1)).isZero();
            assertThat(state().path("talking").asInt()).isEqualTo(1);

            client.emit("textInput", Map.of("content", "Hello"));
            await().atMost(LONG).until(() -> talk().path("turns").asInt() == 1);
        }
        await().atMost(LONG).until(() -> state().path("talking").asInt() == 0);
        assertThat(state().path("conversations").size()).isZero();
    }

    @Test
    void programWithTokenReadsEndsAndDrains() throws Exception {
        parley.close();
        parley = TestServer.start(Map.of("admin-token", TOKEN));
        for (String wrong : List.of("Bearer " + TOKEN + "x", "Bearer ", "Basic " + TOKEN, TOKEN)) {
            authorization = wrong;
            assertThat(get("/admin/state").statusCode()).isEqualTo(401);
            assertThat(post("/admin/drain", "{}").statusCode()).isEqualTo(401);
        }
        assertThat(get("/admin/state").body()).contains("Authorization: Bearer");
        authorization = "bearer " + TOKEN;
        try (var client = client(TransportMode.WEBSOCKET)) {
            String name = state().path("connections").path(0).path("name").asString();
            assertThat(post("/admin/disconnect", "{\"connection\":\"" + name + "\"}").statusCode())
                    .isEqualTo(200);
            await().atMost(LONG).until(() -> !client.connected());
        }
        assertThat(post("/admin/drain", "{}").statusCode()).isEqualTo(200);
        await().atMost(LONG).until(() -> get("/health/ready").statusCode() == 503);
    }

    @Test
    void tokenIsAcceptedAsPassword() throws Exception {
        parley.close();
        parley = TestServer.start(Map.of("admin-token", TOKEN));
        assertThat(post("/admin/login", "{\"password\":\"\"}").statusCode()).isEqualTo(401);
        login(TOKEN);
        assertThat(get("/admin/state").statusCode()).isEqualTo(200);
    }

    @Test
    void passwordIsRejectedAsToken() throws Exception {
        authorization = "Bearer open sesame";
        assertThat(get("/admin/state").statusCode()).isEqualTo(401);
    }

    @Test
    void shortTokenStopsTheStart() {
        assertThatThrownBy(() -> Settings.read(Map.of("admin-token", "eight888"), Map.of()))
                .hasMessageContaining("admin-token")
                .hasMessageContaining("at least 16 characters")
                .hasMessageNotContaining("eight888");
    }

    @Test
    void drainRequiresTheCsrfToken() throws Exception {
        login();
        String right = csrf;
        csrf = "";
        assertThat(post("/admin/drain", "{}").statusCode()).isEqualTo(403);
        csrf = "x".repeat(right.length());
        assertThat(post("/admin/drain", "{}").statusCode()).isEqualTo(403);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        csrf = right;
        assertThat(post("/admin/drain", "{}").statusCode()).isEqualTo(200);

        await().atMost(LONG).until(() -> get("/health/ready").statusCode() == 503);
        assertThat(state().path("draining").asBoolean()).isTrue();
    }

    @Test
    void invalidInputGetsAnErrorStatus() throws Exception {
        assertThat(get("/admin/login").statusCode()).isEqualTo(405);
        assertThat(post("/admin/login", "no json").statusCode()).isEqualTo(400);
        assertThat(post("/admin/login", "[]").statusCode()).isEqualTo(400);
        assertThat(post("/admin/login", "{\"password\":\"" + "x".repeat(5_000) + "\"}").statusCode())
                .isEqualTo(413);
        var form = HttpRequest.newBuilder(uri("/admin/login"))
                .POST(BodyPublishers.ofString("password=open+sesame"));
        assertThat(http.send(form.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }

    @Test
    void logoutEndsTheSession() throws Exception {
        login();
        assertThat(post("/admin/logout", "{}").statusCode()).isEqualTo(200);
        assertThat(get("/admin/state").statusCode()).isEqualTo(401);
    }

    private void login() throws Exception {
        login("open sesame");
    }

    private void login(String key) throws Exception {
        var answer = post("/admin/login", "{\"password\":\"" + key + "\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
        csrf = JSON.readTree(answer.body()).path("csrf").asString();
    }

    private JsonNode state() throws IOException, InterruptedException {
        return JSON.readTree(get("/admin/state").body()).path("state");
    }

    private JsonNode talk() throws IOException, InterruptedException {
        return state().path("conversations").path(0);
    }

    private static int sum(JsonNode state, String field) {
        int sum = 0;
        for (JsonNode minute : state.path("minutes")) {
            sum += minute.path(field).asInt();
        }
        return sum;
    }

    private SocketClient client(TransportMode mode) {
        var client = new SocketClient(uri("/"), ClientOptions.defaults().withMode(mode));
        client.connect();
        return client;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + parley.port() + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(with(HttpRequest.newBuilder(uri(path))).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(with(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder with(HttpRequest.Builder request) {
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!csrf.isEmpty()) {
            request.header("X-CSRF-Token", csrf);
        }
        return request;
    }
}
