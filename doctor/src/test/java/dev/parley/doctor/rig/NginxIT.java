package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.assertFound;
import static dev.parley.doctor.rig.Examinations.assertHealthy;
import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import dev.parley.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Faults in the configuration of nginx in front of a healthy server. */
@Tag("real-time")
@Execution(ExecutionMode.CONCURRENT)
class NginxIT {
    @TempDir
    Path folder;

    private final TestServer backend = TestServer.start();
    private Proxies proxies = new Proxies(Path.of("."));

    @AfterEach
    void close() {
        proxies.close();
        backend.close();
    }

    @Test
    void correctConfigurationIsHealthy() {
        var report = Examinations.examine(nginx(Proxies.nginxRight(backend.port())));

        assertHealthy(report);
        assertThat(report.verdict().description())
                .startsWith("Works: by polling and by WebSocket, upgraded within ");
    }

    @Test
    void bufferingDoesNotAffectLongPolling() {
        var report = Examinations.examine(nginx(
                "proxy_buffering on; proxy_request_buffering on;" + Proxies.nginxRight(backend.port())));

        assertHealthy(report);
    }

    @Test
    void missingUpgradeHeadersAreReported() {
        var report = Examinations.examine(nginx(Proxies.nginxPlain(backend.port(), "")));

        assertFound(report, Health.IMPAIRED, Cause.WEBSOCKET_HEADERS_LOST);
        assertThat(report.verdict().description())
                .startsWith("Works, on polling only: a proxy drops the upgrade headers. ")
                .contains("proxy_set_header Upgrade $http_upgrade;");
    }

    @Test
    void idleTimeoutBelowPingIntervalIsReported() {
        var report = Examinations.examine(
                nginx("proxy_read_timeout 2s; proxy_send_timeout 2s;" + Proxies.nginxRight(backend.port())));

        assertThat(Examinations.faults(report)).as(Examinations.text(report)).contains(Cause.IDLE_CUT);
        assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
        assertThat(finding(report, Cause.IDLE_CUT).evidence().getFirst()).contains("504")
                .contains("pingInterval 4000 ms");
        assertThat(finding(report, Cause.IDLE_CUT).fix()).get()
                .asString()
                .contains("proxy_read_timeout 90s;")
                .containsPattern("pingInterval to [12]\\d00 ms");
    }

    @Test
    void roundRobinOverThreeServersLacksAffinity() {
        try (var second = TestServer.start(); var third = TestServer.start()) {
            var report = Examinations.examine(upstream("", backend, second, third));

            assertThat(Examinations.faults(report)).as(Examinations.text(report)).contains(Cause.NO_AFFINITY);
            assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
            assertThat(finding(report, Cause.NO_AFFINITY).meaning()).containsPattern("at least 2 servers");
            assertThat(report.verdict().description()).contains("no affinity between servers",
                    "In the upstream: hash $remote_addr consistent;");
        }
    }

    @Test
    void affinityByAddressIsHealthy() {
        try (var second = TestServer.start(); var third = TestServer.start()) {
            assertHealthy(
                    Examinations.examine(upstream("hash $remote_addr consistent;", backend, second, third)));
        }
    }

    @Test
    void rewrittenPathIsReported() {
        String url = nginx("location /socket.io/ { proxy_pass http://127.0.0.1:" + backend.port() + "/; }");

        var report = Examinations.examine(url);

        assertFound(report, Health.BROKEN, Cause.NOT_FOUND);
    }

    @Test
    void wrongPathNamesTheServedPath() {
        var report = Examinations.examine(Examinations.target(nginx(Proxies.nginxRight(backend.port())),
                "/api/socket.io/", Optional.empty()));

        assertFound(report, Health.BROKEN, Cause.WRONG_PATH);
        assertThat(report.verdict().description())
                .contains("Socket.IO is not at /api/socket.io/ but at /socket.io/");
    }

    @Test
    void singlePageFallbackIsReported() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<!doctype html><title>App</title>");

        var report = Examinations
                .examine(nginx("root " + folder + "; location / { try_files $uri /index.html; }"));

        assertFound(report, Health.BROKEN, Cause.HTML_INSTEAD);
        assertThat(report.verdict().description())
                .contains("a location /socket.io/ of its own with proxy_pass, above try_files.");
    }

    @Test
    void bodyLimitIsReported() {
        var report = Examinations
                .examine(nginx("client_max_body_size 20k;" + Proxies.nginxRight(backend.port())));

        assertFound(report, Health.IMPAIRED, Cause.PAYLOAD_LIMITED);
        assertThat(finding(report, Cause.PAYLOAD_LIMITED).evidence()).contains("10000 bytes pass")
                .anyMatch(line -> line.contains("HTTP 413, server: nginx"));
        assertThat(finding(report, Cause.PAYLOAD_LIMITED).fix()).get()
                .asString()
                .contains("client_max_body_size 977k;");
    }

    @Test
    void redirectNamesTheFinalAddress() {
        String there = nginx(Proxies.nginxRight(backend.port()));
        try (var front = new Proxies(folder(2))) {
            String here = front.nginx("return 301 " + there + "$request_uri;");

            var report = Examinations.examine(here);

            assertFound(report, Health.BROKEN, Cause.REDIRECTED);
            assertThat(report.verdict().description())
                    .contains("Configure clients with the final address: " + there + "/socket.io/");
        }
    }

    @Test
    void missingCorsHeadersOnErrorsAreReported() {
        String origin = "https://page.example.org";
        try (var open = TestServer.start(TestServer.options().allowedOrigins(Set.of(origin)).build())) {
            String headers = "proxy_hide_header Access-Control-Allow-Origin; add_header Access-Control-Allow-Origin "
                    + origin + ";";

            var report = Examinations.examine(Examinations.target(
                    nginx(headers + Proxies.nginxRight(open.port())), "/socket.io/", Optional.of(origin)));

            assertFound(report, Health.IMPAIRED, Cause.CORS_LOST_ON_ERRORS);
            assertThat(finding(report, Cause.CORS_LOST_ON_ERRORS).fix()).get().asString().contains("always;");
        }
    }

    @Test
    void correctCorsIsHealthy() {
        String origin = "https://page.example.org";
        try (var open = TestServer.start(TestServer.options().allowedOrigins(Set.of(origin)).build())) {
            assertHealthy(Examinations.examine(Examinations.target(nginx(Proxies.nginxRight(open.port())),
                    "/socket.io/", Optional.of(origin))));
        }
    }

    @Test
    void stoppedServerIsReported() {
        var report = Examinations.examine(nginx(Proxies.nginxRight(Ports.free())));

        assertFound(report, Health.BROKEN, Cause.ORIGIN_DOWN);
    }

    private String upstream(String policy, TestServer... servers) {
        var lines = new StringBuilder(policy);
        for (TestServer server : servers) {
            lines.append(" server 127.0.0.1:").append(server.port()).append(';');
        }
        String location = Proxies.nginxRight(backend.port())
                .replace("127.0.0.1:" + backend.port(), "servers");
        return nginx(location, "upstream servers { " + lines + " }");
    }

    private String nginx(String server) {
        return nginx(server, "");
    }

    private String nginx(String server, String http) {
        proxies = new Proxies(folder);
        return proxies.nginx(server, http);
    }

    private Path folder(int number) {
        try {
            return Files.createDirectory(folder.resolve("proxy" + number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
