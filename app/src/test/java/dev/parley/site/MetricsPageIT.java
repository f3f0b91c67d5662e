package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.parley.app.TestServer;
import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests access to the metrics, and compares them with their documentation. */
@Tag("real-time")
class MetricsPageIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void metricsAreForbiddenWithoutAConfiguredToken() throws Exception {
        try (var parley = TestServer.start(Map.of())) {
            var answer = get(parley, "");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("PARLEY_METRICS_TOKEN").doesNotContain("parley_");
        }
    }

    @Test
    void metricsRequireTheToken() throws Exception {
        try (var parley = TestServer.start(Map.of("metrics-token", "s3cret"))) {
            assertThat(get(parley, "").statusCode()).isEqualTo(401);
            assertThat(get(parley, "Bearer s3cre").statusCode()).isEqualTo(401);
            assertThat(get(parley, "Basic s3cret").statusCode()).isEqualTo(401);
            var answer = get(parley, "Bearer s3cret");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("text/plain");
            assertThat(answer.body()).contains("parley_connections_open{");
        }
    }

    @Test
    void metricsCanBeTurnedOff() throws Exception {
        try (var parley = TestServer.start(Map.of("metrics", "off", "metrics-token", "s3cret"))) {
            assertThat(get(parley, "Bearer s3cret").statusCode()).isEqualTo(404);
        }
    }

    /** Compares in both directions. */
    @Test
    void documentListsExactlyTheMetrics() throws Exception {
        try (var parley = TestServer.start(Map.of("metrics", "public"))) {
            Set<String> there = get(parley, "").body()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE parley_"))
                    .map(line -> line.split(" ", -1)[2])
                    .filter(name -> !name.endsWith("_seconds_max"))
                    .collect(Collectors.toCollection(TreeSet::new));
            there.add("parley_tool_time_seconds"); // from the first tool that is called
            there.addAll(Set.of("parley_cluster_connected", "parley_cluster_servers",
                    "parley_cluster_gaps_total", "parley_cluster_messages_total")); // in a cluster: ClusterAppIT
            assertThat(documented()).isEqualTo(there);
        }
    }

    @Test
    void openConversationIsCountedUntilItEnds() throws Exception {
        try (var parley = TestServer.start(Map.of("metrics", "public"))) {
            assertThat(openConversations(parley)).isZero();
            try (var client = new SocketClient(URI.create("http://127.0.0.1:" + parley.port()),
                    ClientOptions.defaults())) {
                client.connect();
                client.emit("promptStart");
                client.emit("systemPrompt");
                client.emit("audioStart");
                await().atMost(LONG).until(() -> openConversations(parley) == 1);
            }
            await().atMost(LONG).until(() -> openConversations(parley) == 0);
        }
    }

    @Test
    void metricsAreSentByOtlp() throws Exception {
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            received.add(exchange.getRequestBody().readAllBytes().length);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String url = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics";
        try (var parley = TestServer.start(Map.of("otlp-url", url, "otlp-interval", "1s"))) {
            assertThat(parley.port()).isPositive();
            assertThat(received.poll(60, TimeUnit.SECONDS)).isNotNull().isGreaterThan(1_000);
        } finally {
            collector.stop(0);
        }
    }

    private double openConversations(TestServer parley) throws Exception {
        return get(parley, "").body()
                .lines()
                .filter(line -> line.startsWith("parley_conversations_open "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> documented() throws IOException {
        return Files.readString(Path.of("..", "docs", "metrics.md"))
                .lines()
                .filter(line -> line.startsWith("| `parley_"))
                .map(line -> line.split("`", -1)[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private HttpResponse<String> get(TestServer parley, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + parley.port() + "/metrics"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
