package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Doctor.assertFound;
import static dev.parley.doctor.rig.Doctor.assertHealthy;
import static dev.parley.doctor.rig.Doctor.finding;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is wrong with an nginx in front of a healthy server. */
@Execution(ExecutionMode.CONCURRENT)
class NginxIT {
    @TempDir
    Path folder;

    private final Backend backend = Backend.start();
    private Proxies proxies = new Proxies(Path.of("."));

    @AfterEach
    void close() {
        proxies.close();
        backend.close();
    }

    @Test
    void rightConfiguration() {
        var report = Doctor.examine(nginx(Proxies.nginxRight(backend.port())));

        assertHealthy(report);
        assertThat(report.verdict().words())
                .startsWith("Works: by polling and by WebSocket, upgraded within ");
    }

    @Test
    void bufferingDoesNotHarmLongPolling() {
        var report = Doctor.examine(nginx(
                "proxy_buffering on; proxy_request_buffering on;" + Proxies.nginxRight(backend.port())));

        assertHealthy(report);
    }

    @Test
    void noUpgradeHeaders() {
        var report = Doctor.examine(nginx(Proxies.nginxPlain(backend.port(), "")));

        assertFound(report, Health.IMPAIRED, Cause.WEBSOCKET_HEADERS_LOST);
        assertThat(report.verdict().words())
                .startsWith("Works, on polling only: a proxy drops the headers that ask for WebSocket. ")
                .contains("proxy_set_header Upgrade $http_upgrade;");
    }

    @Test
    void idleTimeoutBelowThePingInterval() {
        var report = Doctor.examine(
                nginx("proxy_read_timeout 2s; proxy_send_timeout 2s;" + Proxies.nginxRight(backend.port())));

        assertThat(Doctor.faults(report)).as(Doctor.text(report)).contains(Cause.IDLE_CUT);
        assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
        assertThat(finding(report, Cause.IDLE_CUT).evidence().getFirst()).contains("504")
                .contains("pingInterval 4000 ms");
        assertThat(finding(report, Cause.IDLE_CUT).fix()).get()
                .asString()
                .contains("proxy_read_timeout 90s;")
                .containsPattern("pingInterval to [12]\\d00 ms");
    }

    @Test
    void roundRobinOverThreeServers() {
        try (var second = Backend.start(); var third = Backend.start()) {
            var report = Doctor.examine(upstream("", backend, second, third));

            assertThat(Doctor.faults(report)).as(Doctor.text(report)).contains(Cause.NO_AFFINITY);
            assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
            assertThat(finding(report, Cause.NO_AFFINITY).meaning())
                    .containsPattern("(about [2-9]|several) servers");
            assertThat(report.verdict().words())
                    .contains("no affinity between servers. In the upstream: hash $remote_addr consistent;");
        }
    }

    @Test
    void affinityByAddress() {
        try (var second = Backend.start(); var third = Backend.start()) {
            assertHealthy(Doctor.examine(upstream("hash $remote_addr consistent;", backend, second, third)));
        }
    }

    @Test
    void aPathThatIsRewritten() {
        String url = nginx("location /socket.io/ { proxy_pass http://127.0.0.1:" + backend.port() + "/; }");

        var report = Doctor.examine(url);

        assertFound(report, Health.BROKEN, Cause.NOT_FOUND);
    }

    @Test
    void aPathThatIsNotWhereItIsServed() {
        var report = Doctor.examine(Doctor.target(nginx(Proxies.nginxRight(backend.port())),
                "/api/socket.io/", Optional.empty()));

        assertFound(report, Health.BROKEN, Cause.WRONG_PATH);
        assertThat(report.verdict().words())
                .contains("Socket.IO is not at /api/socket.io/ but at /socket.io/");
    }

    @Test
    void theFallbackOfASinglePageApplication() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<!doctype html><title>App</title>");

        var report = Doctor.examine(nginx("root " + folder + "; location / { try_files $uri /index.html; }"));

        assertFound(report, Health.BROKEN, Cause.HTML_INSTEAD);
        assertThat(report.verdict().words())
                .contains("a location /socket.io/ of its own with proxy_pass, above try_files.");
    }

    @Test
    void aLimitOfBodies() {
        var report = Doctor.examine(nginx("client_max_body_size 20k;" + Proxies.nginxRight(backend.port())));

        assertFound(report, Health.IMPAIRED, Cause.PAYLOAD_LIMITED);
        assertThat(finding(report, Cause.PAYLOAD_LIMITED).evidence()).contains("10000 bytes pass")
                .anyMatch(line -> line.contains("HTTP 413, server: nginx"));
        assertThat(finding(report, Cause.PAYLOAD_LIMITED).fix()).get()
                .asString()
                .contains("client_max_body_size 977k;");
    }

    @Test
    void aRedirect() {
        String there = nginx(Proxies.nginxRight(backend.port()));
        try (var front = new Proxies(folder(2))) {
            String here = front.nginx("return 301 " + there + "$request_uri;");

            var report = Doctor.examine(here);

            assertFound(report, Health.BROKEN, Cause.REDIRECTED);
            assertThat(report.verdict().words())
                    .contains("Give clients the final address: " + there + "/socket.io/");
        }
    }

    @Test
    void corsThatIsLostOnErrors() {
        String origin = "https://page.example.org";
        try (var open = Backend.start(Backend.options().allowedOrigins(Set.of(origin)).build())) {
            String headers = "proxy_hide_header Access-Control-Allow-Origin; add_header Access-Control-Allow-Origin "
                    + origin + ";";

            var report = Doctor.examine(Doctor.target(nginx(headers + Proxies.nginxRight(open.port())),
                    "/socket.io/", Optional.of(origin)));

            assertFound(report, Health.IMPAIRED, Cause.CORS_LOST_ON_ERRORS);
            assertThat(finding(report, Cause.CORS_LOST_ON_ERRORS).fix()).get().asString().contains("always;");
        }
    }

    @Test
    void corsThatIsRight() {
        String origin = "https://page.example.org";
        try (var open = Backend.start(Backend.options().allowedOrigins(Set.of(origin)).build())) {
            assertHealthy(Doctor.examine(Doctor.target(nginx(Proxies.nginxRight(open.port())), "/socket.io/",
                    Optional.of(origin))));
        }
    }

    @Test
    void aServerThatIsDown() {
        var report = Doctor.examine(nginx(Proxies.nginxRight(Ports.free())));

        assertFound(report, Health.BROKEN, Cause.ORIGIN_DOWN);
    }

    private String upstream(String policy, Backend... servers) {
        var lines = new StringBuilder(policy);
        for (Backend server : servers) {
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
