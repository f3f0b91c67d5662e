package dev.parley.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests the application with its real container and a real client. */
@Tag("real-time")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "parley.port=0")
class NewsApplicationIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final int socketIoPort;

    @Autowired
    NewsApplicationIT(@LocalServerPort int port, @Value("${local.parley.port}") int socketIoPort) {
        this.port = port;
        this.socketIoPort = socketIoPort;
    }

    @Test
    void tellsReadersOfATopicWhatIsPostedOverHttp() throws Exception {
        try (var reader = client(socketIoPort); var other = client(socketIoPort)) {
            List<String> heard = new CopyOnWriteArrayList<>();
            reader.on("news",
                    event -> heard.add("reader: " + event.values().json(0).path("text").asString()));
            other.on("news", event -> heard.add("other: " + event.values().json(0).path("text").asString()));
            reader.connect();
            other.connect();
            reader.call("follow", SOON, "weather");
            other.call("follow", SOON, "sports");
            assertThat(send("POST", "/news", "{\"topic\":\"weather\",\"text\":\"rain\"}").statusCode())
                    .isEqualTo(202);
            other.call("post", SOON, Map.of("topic", "weather", "text", "snow"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(heard).containsExactly("reader: rain", "reader: snow"));
            assertThat(send("GET", "/news/weather", "").body()).isEqualTo(
                    "[{\"topic\":\"weather\",\"text\":\"rain\"},{\"topic\":\"weather\",\"text\":\"snow\"}]");
            assertThat(send("GET", "/news/weather/readers", "").body()).isEqualTo("{\"readers\":1}");
        }
    }

    @Test
    void servesAPageThatFindsSocketIo() throws Exception {
        assertThat(send("GET", "/", "").body()).contains("socket.io.esm.min.js");
        assertThat(send("GET", "/socket", "").body()).contains("\"port\":" + socketIoPort);
        var script = HttpRequest
                .newBuilder(
                        URI.create("http://127.0.0.1:" + socketIoPort + "/socket.io/socket.io.esm.min.js"))
                .header("Origin", "http://localhost:8080")
                .build();
        assertThat(http.send(script, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesNewsWithoutAText() throws Exception {
        assertThat(send("POST", "/news", "{\"topic\":\"weather\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void tellsItsClientsWhenItStops() throws Exception {
        var application = new SpringApplicationBuilder(NewsApplication.class).run("--server.port=0",
                "--parley.port=0");
        int bound = application.getEnvironment().getRequiredProperty("local.parley.port", Integer.class);
        try (application; var reader = client(bound)) {
            reader.connect();
            assertThat(reader.connected()).isTrue();
            application.close();
            await().atMost(SOON).until(() -> !reader.connected());
        }
    }

    private HttpResponse<String> send(String method, String path, String json) throws Exception {
        var body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static SocketClient client(int port) {
        return new SocketClient(URI.create("http://127.0.0.1:" + port), ClientOptions.defaults());
    }
}
