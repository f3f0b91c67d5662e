package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The server with real clients, from the first handshake to the end of the shutdown. */
@Tag("real-time")
@ExtendWith(OutputCaptureExtension.class)
class RunningServerIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ParleyAutoConfiguration.class, ParleyHealthAutoConfiguration.class))
            .withPropertyValues("parley.host=127.0.0.1", "parley.port=0", "parley.event-loops=1",
                    "spring.lifecycle.timeout-per-shutdown-phase=60s")
            .withBean(SocketIoHandlers.class, () -> io -> io
                    .onConnection(socket -> socket.on("echo", event -> event.ack(event.text(0)))));

    @Test
    void respondsToAClientInOneLineOfLog(CapturedOutput output) {
        runner.run(context -> {
            try (var client = client(port(context))) {
                client.connect();
                assertThat(client.call("echo", SOON, "hello").text(0)).isEqualTo("hello");
            }
            assertThat(output.getOut().lines().filter(line -> line.contains("INFO"))).singleElement()
                    .asString()
                    .endsWith("Socket.IO listens on port " + port(context) + " with path /socket.io/");
        });
    }

    @Test
    void logsThePropertyThatARefusedPageOfItsHostNeeds(CapturedOutput output) {
        runner.run(context -> {
            for (String origin : new String[]{"http://127.0.0.1:8080", "http://127.0.0.1:8080",
                    "http://stranger.example"}) {
                assertThat(handshake(port(context), origin)).isEqualTo(403);
            }
            assertThat(output.getOut().lines().filter(line -> line.contains("allowed-origins")))
                    .singleElement()
                    .asString()
                    .contains("WARN")
                    .endsWith("parley.allowed-origins=http://127.0.0.1:8080 is missing: "
                            + "the page of http://127.0.0.1:8080 was refused.");
        });
    }

    @Test
    void theLoggedPropertyLetsThePageIn() {
        runner.withPropertyValues("parley.allowed-origins=http://127.0.0.1:8080")
                .run(context -> assertThat(handshake(port(context), "http://127.0.0.1:8080")).isEqualTo(200));
    }

    @Test
    void isOutOfServiceWhileItDrainsAndClosesWhenAllHaveLeft() {
        runner.withPropertyValues("parley.drain-notice=50s").run(context -> {
            var lifecycle = context.getBean(SocketIoServerLifecycle.class);
            var health = context.getBean("parleyHealthIndicator", HealthIndicator.class);
            int port = lifecycle.port();
            Thread closing;
            try (var client = client(port)) {
                client.connect();
                closing = Thread.ofVirtual().start(context.getSourceApplicationContext()::close);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(status(health)).isEqualTo(Status.OUT_OF_SERVICE));
                assertThat(client.call("echo", SOON, "still here").text(0)).isEqualTo("still here");
            }
            assertThat(closing.join(Duration.ofSeconds(40))).isTrue();
            assertThat(status(health)).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void goesOnWhenItsContextIsPaused() {
        runner.run(context -> {
            context.getSourceApplicationContext().pause();
            try (var client = client(port(context))) {
                client.connect();
                assertThat(client.call("echo", SOON, "hello").text(0)).isEqualTo("hello");
            }
        });
    }

    @Test
    void movesClientsAwayWhenItDrains() {
        runner.run(context -> {
            try (var client = client(port(context))) {
                client.connect();
                context.getSourceApplicationContext().close();
                await().atMost(SOON).until(() -> !client.connected());
            }
        });
    }

    @Test
    void closesAtOnceWithoutGracefulShutdown() {
        runner.withPropertyValues("server.shutdown=immediate", "parley.drain-notice=50s").run(context -> {
            try (var client = client(port(context))) {
                client.connect();
                var closing = Thread.ofVirtual().start(context.getSourceApplicationContext()::close);
                assertThat(closing.join(Duration.ofSeconds(40))).isTrue();
                await().atMost(SOON).until(() -> !client.connected());
            }
        });
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.parley.port", Integer.class);
    }

    private static Status status(HealthIndicator health) {
        return Objects.requireNonNull(health.health()).getStatus();
    }

    private static SocketClient client(int port) {
        return new SocketClient(URI.create("http://127.0.0.1:" + port), ClientOptions.defaults());
    }

    private static int handshake(int port, String origin) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=polling");
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri).header("Origin", origin).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
