package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import dev.parley.settings.Settings;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the drain after a signal, as a process and with a reply in progress. */
@Tag("real-time")
class DrainIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Path MODELS = Path.of(System.getProperty("parley.models"));

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void signalDisconnectsClientsAndEndsTheProcess() throws Exception {
        Process process = serve("--drain-time", "30s");
        String address = address(process);
        var polling = client(address, TransportMode.POLLING);
        var webSocket = client(address, TransportMode.WEBSOCKET);

        process.toHandle().destroy();

        await().atMost(LONG)
                .until(() -> get(address + "/health/ready").statusCode() == 503
                        && get(address + "/health/ready").body().contains("\"status\":\"draining\""));
        assertThat(get(address + "/health").statusCode()).isEqualTo(200);
        assertThat(get(address + "/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(503);
        assertThat(polling.connected() && webSocket.connected()).isTrue();
        await().atMost(LONG).until(() -> !polling.connected() && !webSocket.connected());
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void secondSignalEndsTheProcessAtOnce() throws Exception {
        Process process = serve("--drain-time", "10m");
        String address = address(process);
        client(address, TransportMode.WEBSOCKET);
        process.toHandle().destroy();
        await().atMost(LONG).until(() -> get(address + "/health/ready").body().contains("draining"));

        process.toHandle().destroy();

        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void replyInProgressIsCompleted() throws Exception {
        var model = new FakeModel();
        var parley = Parley.start(
                Settings.read(Map.of("host", "127.0.0.1", "port", "0", "drain-time", "40s"), Map.of()),
                new Models(CompletableFuture.completedFuture(model),
                        CompletableFuture.completedFuture(null)));
        open.add(parley);
        var client = client("http://127.0.0.1:" + parley.port(), TransportMode.WEBSOCKET);
        var idle = client("http://127.0.0.1:" + parley.port(), TransportMode.POLLING);
        client.emit("promptStart");
        client.emit("systemPrompt");
        client.emit("audioStart");
        await().atMost(LONG).until(() -> model.streams.size() == 1);
        var stream = model.streams.getFirst();
        stream.say(new ModelEvent.UserText("u", "tell me a long story"));
        stream.sayTheBeginning("Once upon");
        await().atMost(LONG).until(() -> heard.contains("audioOutput"));

        var drained = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            parley.drain();
            drained.complete(null);
        });
        await().atMost(LONG)
                .until(() -> get("http://127.0.0.1:" + parley.port() + "/health/ready").statusCode() == 503);
        await().atMost(LONG).until(() -> !idle.connected());
        assertThat(client.connected()).isTrue();
        assertThat(drained).isNotDone();

        stream.say(new ModelEvent.AudioEnd("a1", ModelEvent.StopReason.END_TURN));
        stream.say(new ModelEvent.AssistantText("a1", ModelEvent.Stage.FINAL, "Once upon a time.",
                ModelEvent.StopReason.END_TURN));

        drained.get(LONG.toSeconds(), TimeUnit.SECONDS);
        await().atMost(LONG).until(() -> !client.connected());
    }

    private SocketClient client(String address, TransportMode mode) {
        var client = new SocketClient(URI.create(address), ClientOptions.defaults().withMode(mode));
        open.add(client);
        client.onAny(event -> heard.add(event.name()));
        client.connect();
        return client;
    }

    private Process serve(String... options) throws IOException {
        Assumptions.assumeTrue(Files.exists(MODELS.resolve("speech")), "build/fetch has not been run");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx512m", "-cp",
                        System.getProperty("java.class.path"), "dev.parley.app.Main", "serve", "--host",
                        "127.0.0.1", "--port", "0", "--models", MODELS.toString(), "--log-level", "warn"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PARLEY_") || name.equals("PORT")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        open.add(process::destroyForcibly);
        return process;
    }

    private static String address(Process process) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Parley is at ")) {
                return line.split(" ", -1)[3].replace("localhost", "127.0.0.1");
            }
        }
        throw new IOException("it did not start");
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).timeout(LONG).build(),
                BodyHandlers.ofString());
    }
}
