package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.settings.Settings;
import dev.parley.settings.SettingsException;
import dev.parley.testing.FakeModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the start of a server, why it fails, and its end. */
class StartIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeModel model = new FakeModel();
    private final Parley parley = Parley.start(settings("0"),
            new Models(CompletableFuture.completedFuture(model), CompletableFuture.completedFuture(null)));

    @AfterEach
    void close() {
        parley.close();
    }

    @Test
    void configuredNumberOfEventLoopsIsUsed() {
        var settings = Settings.read(Map.of("host", "127.0.0.1", "port", "0", "event-loops", "9"), Map.of());
        try (var nine = Parley.start(settings, new Models())) {
            assertThat(nine.port()).isPositive();
            assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                    .contains("vert.x-eventloop-thread-8");
        }
    }

    @Test
    void defaultListensOnBothLoopbackAddresses() throws Exception {
        try (var local = Parley.start(Settings.read(Map.of("port", "0"), Map.of()), new Models());
                var http = HttpClient.newHttpClient()) {
            for (String host : List.of("127.0.0.1", "[::1]")) {
                var health = HttpRequest
                        .newBuilder(URI.create("http://" + host + ":" + local.port() + "/health"))
                        .build();
                assertThat(http.send(health, BodyHandlers.ofString()).statusCode()).as(host).isEqualTo(200);
            }
        }
    }

    @Test
    void strangersAreNotLetInUnlessThatIsMeant() {
        var settings = Settings.read(Map.of("host", "0.0.0.0", "port", "0"), Map.of());

        assertThatThrownBy(() -> Parley.start(settings, new Models())).isInstanceOf(SettingsException.class)
                .hasMessageContaining("set --auth")
                .hasMessageContaining("--open-to-all");
    }

    @Test
    void portInUseIsReportedInOneSentence() {
        assertThatThrownBy(() -> Parley.start(settings(Integer.toString(parley.port())), new Models()))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "Port " + parley.port() + " is already in use. Choose another with --port or PORT.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid", "192.0.2.1"})
    void foreignAddressIsReportedInOneSentence(String host) {
        var settings = Settings.read(Map.of("host", host, "port", "0", "open-to-all", "true"), Map.of());

        assertThatThrownBy(() -> Parley.start(settings, new Models())).isInstanceOf(StartException.class)
                .hasMessage("Host \"" + host
                        + "\" is not an address of this machine. Choose another with --host; 0.0.0.0 is all of them.");
    }

    @Test
    void closingTheServerClosesTheModel() {
        var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + parley.port() + "/health"))
                .build();

        parley.close();

        // The close ends after four and a half seconds, on a busy machine before its parts have closed.
        await().atMost(LONG).until(() -> model.closed);
        try (var http = HttpClient.newHttpClient()) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThatThrownBy(() -> http.send(health, BodyHandlers.ofString()))
                            .isInstanceOf(IOException.class));
        }
    }

    private static Settings settings(String port) {
        return Settings.read(Map.of("host", "127.0.0.1", "port", port), Map.of());
    }
}
