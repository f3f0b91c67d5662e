package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.TestServer;
import dev.parley.testing.FakeModel;
import dev.parley.voice.SpeechModel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the pages and the small API of the site, while the model is loaded and after. */
class SiteIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final CompletableFuture<SpeechModel> loading = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final FakeModel model = new FakeModel();
    private final TestServer parley = TestServer.start(Map.of(), loading, ready);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        parley.close();
    }

    @Test
    void healthSucceedsBeforeTheModelIsReady() throws Exception {
        HttpResponse<String> health = get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        JsonNode body = JSON.readTree(health.body());
        assertThat(body.propertyNames()).containsExactly("status", "timestamp");
        assertThat(body.path("status").stringValue()).isEqualTo("ok");
        assertThat(Duration.between(Instant.parse(body.path("timestamp").stringValue()), Instant.now()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).isEqualTo(
                "{\"status\":\"loading\",\"model\":\"loading\",\"draining\":false,\"activeSessions\":0,\"socketConnections\":0}");

        ready.complete(null);

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo(
                "{\"status\":\"ready\",\"model\":\"ready\",\"draining\":false,\"activeSessions\":0,\"socketConnections\":0}");
    }

    @Test
    void readinessReportsAFailedModel() throws Exception {
        loading.completeExceptionally(new IllegalStateException("no model"));
        ready.completeExceptionally(new IllegalStateException("no model"));

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(get("/health/ready").body()).path("status").stringValue())
                .isEqualTo("failed");
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/api/voices").statusCode()).isEqualTo(503);
    }

    @Test
    void addressWithTooManySessionsGets429() throws Exception {
        try (var strict = TestServer.start(Map.of("max-sessions-per-address", "2"))) {
            var handshake = HttpRequest.newBuilder(strict.uri("/socket.io/?EIO=4&transport=polling")).build();
            assertThat(http.send(handshake, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(http.send(handshake, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

            var third = http.send(handshake, BodyHandlers.ofString());

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).contains("5");
        }
    }

    @Test
    void voicesWaitForTheModel() throws Exception {
        var answer = http.sendAsync(request("/api/voices").build(), BodyHandlers.ofString());

        loading.complete(model);

        assertThat(JSON.readTree(answer.get(60, TimeUnit.SECONDS).body())).isEqualTo(JSON.readTree(
                """
                        {"model":"fake","voices":[{"id":"ada","label":"Ada","language":"en"},{"id":"bob","label":"Bob","language":"en"}]}"""));
    }

    @Test
    void toolsAreListed() throws Exception {
        JsonNode tools = JSON.readTree(get("/api/tools").body()).path("tools");

        assertThat(tools.size()).isGreaterThan(5);
        assertThat(tools.path(0).propertyNames()).containsExactly("name", "description");
    }

    @Test
    void onlyTheCheckMayConnectToOtherOrigins() throws Exception {
        assertThat(get("/check").statusCode()).isEqualTo(302);
        assertThat(get("/check").headers().firstValue("Location")).contains("/check/");
        var check = get("/check/");
        assertThat(check.body()).contains("<title>Check a Socket.IO server");
        assertThat(check.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .endsWith("; connect-src http: https: ws: wss:");
        for (String other : new String[]{"/", "/check/other", "/admin/", "/js/check/check-page.js"}) {
            assertThat(get(other).headers().firstValue("Content-Security-Policy").orElseThrow())
                    .doesNotContain("connect-src");
        }
    }

    @Test
    void connectionInfoHasPathAndTransports() throws Exception {
        assertThat(get("/api/connection").body())
                .isEqualTo("{\"path\":\"/socket.io/\",\"transports\":[\"polling\",\"websocket\"]}");

        try (var other = TestServer.start(Map.of("path", "/talk/", "transports", "websocket"))) {
            var answer = http.send(HttpRequest.newBuilder(other.uri("/api/connection")).build(),
                    BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("{\"path\":\"/talk/\",\"transports\":[\"websocket\"]}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/ready", "/api/tools", "/no/such/page",
            "/socket.io/?EIO=9&transport=polling"})
    void everyResponseHasSecurityHeaders(String path) throws Exception {
        var headers = get(path).headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Content-Security-Policy")).get()
                .asString()
                .contains("default-src 'self'");
    }

    @Test
    void clientsOfEngineIo3AreAccepted() throws Exception {
        HttpResponse<String> handshake = get("/socket.io/?EIO=3&transport=polling");

        assertThat(handshake.statusCode()).isEqualTo(200);
        assertThat(handshake.body()).matches("[0-9]+:0\\{\"sid\":.*");
    }

    @Test
    void unchangedPageGets304() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).containsIgnoringCase("<!doctype html>");
        assertThat(get("/index.html").body()).isEqualTo(page.body());

        String tag = page.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send(request("/").header("If-None-Match", tag));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, /no/such, 404", "GET, /js/, 404", "GET, /js, 404",
            "GET, /../dev/parley/app/Main.class, 404", "GET, /%2e%2e/META-INF/MANIFEST.MF, 404",
            "GET, /.hidden.js, 404", "POST, /health, 405", "DELETE, /, 405", "HEAD, /health, 200",
            "HEAD, /, 200"})
    void unknownPathsAndMethodsGetAnErrorStatus(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status >= 400) {
            assertThat(JSON.readTree(answer.body()).path("error").stringValue()).isNotEmpty();
        } else {
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValueAsLong("Content-Length")).isPresent();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(parley.uri(path)).timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
