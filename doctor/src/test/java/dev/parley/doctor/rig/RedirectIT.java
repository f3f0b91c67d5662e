package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redirects to addresses without Socket.IO and to other hosts. */
@Tag("real-time")
class RedirectIT {
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void redirectToLoginPageIsReportedAsBroken() throws IOException {
        int port = serve(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/login")) {
                answer(exchange, 200, "<!doctype html><title>Log in</title>");
            } else {
                redirect(exchange, "/login");
            }
        });

        var report = examine(port, Map.of());

        assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
        assertThat(report.verdict().description()).contains("redirected to an address without Socket.IO")
                .doesNotContain("the final address");
    }

    @Test
    void redirectLoopStopsAfterThreeRedirects() throws IOException {
        int port = serve(exchange -> redirect(exchange, exchange.getRequestURI().toString()));

        var report = examine(port, Map.of());

        assertThat(Examinations.finding(report, Cause.REDIRECTED).title())
                .isEqualTo("Requests are redirected to an address without Socket.IO");
        assertThat(Examinations.finding(report, Cause.REDIRECTED).evidence()).hasSize(3);
    }

    @Test
    void redirectToAnotherHostReceivesNoCredentials() throws IOException {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        int elsewhere = serve(exchange -> {
            told.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
            answer(exchange, 404, "");
        });
        int port = serve(exchange -> redirect(exchange, "http://localhost:" + elsewhere + "/socket.io/"));

        var report = examine(port, Map.of("Authorization", "Bearer s3cret-header"));

        assertThat(told).isNotEmpty().noneMatch(request -> request.contains("s3cret"));
        assertThat(Examinations.text(report)).contains("they were not sent there");
    }

    private static Report examine(int port, Map<String, String> headers) {
        return Examinations.examine(new Target(new ServerAddress("127.0.0.1", port, false), "/socket.io/",
                "/", List.of("token=s3cret-query"), headers, Optional.empty(),
                Optional.of("{\"token\":\"s3cret-auth\"}")), Examinations.QUICK);
    }

    private int serve(HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        answer(exchange, 302, "");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
