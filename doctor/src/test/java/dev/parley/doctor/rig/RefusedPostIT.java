package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.session.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A firewall that accepts GET and refuses POST. */
@Tag("real-time")
class RefusedPostIT {
    private static final String HANDSHAKE = "0{\"sid\":\"first\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}";

    @Test
    void refusedPostIsReportedWithoutFurtherWaits() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var sessions = new AtomicInteger();
        server.createContext("/", exchange -> {
            boolean post = exchange.getRequestMethod().equals("POST");
            if (!post && exchange.getRequestURI().getQuery().contains("sid=")) {
                return; // Nothing to fetch: it hangs, as it should.
            }
            byte[] body = (post ? "Forbidden" : HANDSHAKE.replace("first", "s" + sessions.incrementAndGet()))
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(post ? 403 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var plan = new Plan(false, Duration.ofSeconds(40), Duration.ofSeconds(3), 12, 4,
                    Duration.ofSeconds(2), Duration.ZERO, 64 * 1024, Optional.empty());
            var report = Examinations
                    .examine(Examinations.target("http://127.0.0.1:" + server.getAddress().getPort(),
                            "/socket.io/", Optional.empty()), plan);

            assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
            assertThat(report.verdict().description()).contains("403").contains("firewall");
            assertThat(Examinations.finding(report, Cause.CONNECT_BROKEN).fix()).get()
                    .asString()
                    .contains("firewall")
                    .doesNotContain("affinity");
            assertThat(report.findings()).extracting(Finding::meaning)
                    .doesNotContain("the time of the examination was over");
        } finally {
            server.stop(0);
        }
    }
}
