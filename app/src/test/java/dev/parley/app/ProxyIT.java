package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import dev.parley.settings.Settings;
import dev.parley.testing.FakeModel;
import dev.parley.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the samples in {@code deploy}, with other addresses: real proxies in front of a real server. */
@Tag("real-time")
class ProxyIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path DEPLOY = Path.of("..", "deploy");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Parley parley = Parley.start(
            Settings.read(Map.of("host", "127.0.0.1", "port", "0", "profile", "nginx", "metrics", "public",
                    "open-to-all", "true", "public-url", "http://a"), Map.of()),
            new Models(CompletableFuture.completedFuture(new FakeModel()),
                    CompletableFuture.completedFuture(null)));
    private @Nullable Process proxy;

    @AfterEach
    void close() throws InterruptedException {
        if (proxy != null) {
            proxy.destroy();
            if (!proxy.waitFor(10, TimeUnit.SECONDS)) {
                proxy.destroyForcibly();
            }
        }
        parley.close();
    }

    @Test
    void clientsWorkBehindNginx() throws Exception {
        clientsWork(nginx());
    }

    @Test
    void clientsWorkBehindHaproxy() throws Exception {
        clientsWork(haproxy());
    }

    @Test
    void nginxPassesNoSmuggledRequest() throws Exception {
        int port = nginx();
        await().atMost(LONG).ignoreExceptions().until(() -> status("http://127.0.0.1:" + port) == 200);
        Smuggling.assertNotSmuggledThrough(port);
    }

    @Test
    void haproxyPassesNoSmuggledRequest() throws Exception {
        int port = haproxy();
        await().atMost(LONG).ignoreExceptions().until(() -> status("http://127.0.0.1:" + port) == 200);
        Smuggling.assertNotSmuggledThrough(port);
    }

    private int nginx() throws IOException {
        int port = Ports.free();
        String text = Files.readString(DEPLOY.resolve("nginx/nginx.conf"))
                .replace("server parley:3000;", "server 127.0.0.1:" + parley.port() + ";")
                .replace("listen 8080;", "listen 127.0.0.1:" + port + ";")
                .replace("http {", "http { access_log off; " + temporary());
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        String globals = "daemon off; pid " + folder.resolve("nginx.pid") + "; error_log stderr warn;";
        run(program("nginx"), "-p", folder.toString(), "-c", file.toString(), "-g", globals);
        return port;
    }

    private int haproxy() throws IOException {
        int port = Ports.free();
        String text = Files.readString(DEPLOY.resolve("haproxy/haproxy.cfg"))
                .replace("server one parley:3000", "server one 127.0.0.1:" + parley.port())
                .replace("bind :8080", "bind 127.0.0.1:" + port);
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
        run(program("haproxy"), "-db", "-f", file.toString());
        return port;
    }

    private void clientsWork(int port) throws Exception {
        String url = "http://127.0.0.1:" + port;
        await().atMost(LONG).ignoreExceptions().until(() -> status(url + "/health/ready") == 200);
        assertThat(status(url + "/")).isEqualTo(200);
        assertThat(status(url + "/metrics")).as("figures are for the inside").isEqualTo(404);
        for (TransportMode mode : TransportMode.values()) {
            try (var client = new SocketClient(URI.create(url),
                    ClientOptions.defaults().withMode(mode).withCookies(true))) {
                client.connect();
                assertThat(client.call("initializeConnection", LONG).json(0).path("success").booleanValue())
                        .isTrue();
                if (mode == TransportMode.UPGRADE) {
                    await().atMost(LONG).until(() -> client.transport().equals("websocket"));
                }
            }
        }
    }

    private String temporary() {
        var lines = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            lines.append(kind).append("_temp_path ").append(folder.resolve(kind)).append("; ");
        }
        return lines.toString();
    }

    private void run(String... command) throws IOException {
        proxy = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static String program(String name) {
        for (String place : List.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/")) {
            if (Files.isExecutable(Path.of(place + name))) {
                return place + name;
            }
        }
        Assumptions.abort(name + " is not installed");
        return name;
    }

    private int status(String url) throws IOException, InterruptedException {
        return http
                .send(HttpRequest.newBuilder(URI.create(url)).timeout(LONG).build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
