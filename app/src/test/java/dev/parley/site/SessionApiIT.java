package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests how the backend of a site gets tokens for conversations, and what they open. */
class SessionApiIT {

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
    private static final String KEY = "a-key-of-the-backend";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer parley;

    @BeforeEach
    void start() {
        parley = TestServer.start(Map.of("auth", "token", "api-keys", KEY, "access-tokens",
                "anna=a-token-that-is-Annas", "data", folder.toString()));
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        parley.close();
    }

    @Test
    void tokenOpensSocketsAndData() throws Exception {
        HttpResponse<String> issued = post("Bearer " + KEY,
                "{\"user\":\"u1\",\"persona\":\"assistant\",\"tools\":[\"find_date\"],\"limits\":{\"seconds\":60}}");
        assertThat(issued.statusCode()).isEqualTo(201);
        var body = new JsonMapper().readTree(issued.body());
        assertThat(Duration.between(Instant.now(), Instant.parse(body.path("expires").asString())))
                .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
        String token = body.path("token").asString();

        assertThat(data("Bearer " + token)).isEqualTo(200);
        assertThat(choices("Bearer " + token)).isEqualTo("{\"may\":[]}");
        assertThat(choices("Bearer a-token-that-is-Annas"))
                .isEqualTo("{\"may\":[\"persona\",\"prompt\",\"voice\"]}");
        assertThat(joins("{\"token\":\"" + token + "\"}")).startsWith("40{\"sid\"");
        assertThat(joins("{\"token\":\"" + token + "A\"}")).startsWith("44{")
                .contains("\"reason\":\"accessInvalid\"");
        assertThat(data("Bearer a-token-that-is-Annas")).isEqualTo(200);
        assertThat(joins("{\"token\":\"a-token-that-is-Annas\"}")).startsWith("40{\"sid\"");
    }

    @Test
    void nobodyElseComesIn() throws Exception {
        assertThat(data("Bearer " + KEY)).as("a backend is no visitor").isEqualTo(401);
        assertThat(data("Basic x")).isEqualTo(401);
        for (String auth : new String[]{"", "{}", "{\"token\":7}", "{\"token\":\"\"}"}) {
            assertThat(joins(auth)).as(auth).startsWith("44{");
        }
    }

    @Test
    void onlyAKeyInTheHeaderGetsAToken() throws Exception {
        assertThat(post("Bearer not-the-right-key", "{}").statusCode()).isEqualTo(401);
        assertThat(post("", "{}").statusCode()).isEqualTo(401);
        var cookie = http.send(HttpRequest.newBuilder(parley.uri("/api/session"))
                .header("Content-Type", "application/json")
                .header("Cookie", "parley_visitor=" + KEY + "; token=" + KEY)
                .POST(BodyPublishers.ofString("{}"))
                .build(), BodyHandlers.ofString());
        assertThat(cookie.statusCode()).isEqualTo(401);
        try (var keyless = TestServer.start(Map.of())) {
            var answer = http.send(HttpRequest.newBuilder(keyless.uri("/api/session"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + KEY)
                    .POST(BodyPublishers.ofString("{}"))
                    .build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"prompt\":\"x\"} | unknown field prompt",
            "{\"persona\":\"nobody\"} | no such persona", "{\"persona\":7} | persona must be a text",
            "{\"tools\":\"x\"} | tools must be a list", "{\"tools\":[7]} | tools must be a list of names",
            "{\"limits\":{\"seconds\":5}} | limits.seconds must be a whole number from 10 to 3600",
            "{\"limits\":{\"seconds\":\"60\"}} | limits.seconds", "{\"limits\":7} | limits must be an object",
            "{\"limits\":{\"cost\":1}} | unknown limit cost", "{\"user\":\" \"} | user must be a text",
            "[] | not a JSON object"})
    void invalidRequestSaysWhatIsWrong(String body, String message) throws Exception {
        var answer = post("Bearer " + KEY, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    private HttpResponse<String> post(String authorization, String body) throws Exception {
        var request = HttpRequest.newBuilder(parley.uri("/api/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return http.send(
                (authorization.isEmpty() ? request : request.header("Authorization", authorization)).build(),
                BodyHandlers.ofString());
    }

    private String choices(String authorization) throws Exception {
        return http.send(HttpRequest.newBuilder(parley.uri("/api/choices"))
                .header("Authorization", authorization)
                .build(), BodyHandlers.ofString()).body();
    }

    private int data(String authorization) throws Exception {
        return http.send(HttpRequest.newBuilder(parley.uri("/api/tools"))
                .header("Authorization", authorization)
                .build(), BodyHandlers.discarding()).statusCode();
    }

    /** Returns the packet with which the server responds to a client that joins with this auth object over polling. */
    private String joins(String auth) throws Exception {
        var sid = SID.matcher(
                http.send(HttpRequest.newBuilder(parley.uri(HANDSHAKE)).build(), BodyHandlers.ofString())
                        .body());
        assertThat(sid.find()).isTrue();
        var session = parley.uri(HANDSHAKE + "&sid=" + sid.group(1));
        http.send(HttpRequest.newBuilder(session).POST(BodyPublishers.ofString("40" + auth)).build(),
                BodyHandlers.ofString());
        return http.send(HttpRequest.newBuilder(session).build(), BodyHandlers.ofString()).body();
    }
}
