package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Health;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses at which no session opens, because something else answers there. */
class OtherServersIT {

    private static Arguments is(Cause cause, String inFix, Script script) {
        return Arguments.arguments(cause, inFix, script);
    }

    private static Script always(int status, String body, String... headers) {
        return new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return Script.respond(status, body, headers);
            }
        };
    }

    /** Answers GET of one path, and POST of another, and everything else with 404. */
    private static Script only(String method, String path, String body) {
        return new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return request.head().startsWith(method + " " + path) ? Script.respond(200, body)
                        : Script.respond(404, "");
            }
        };
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                is(Cause.OTHER_PROTOCOL, "new WebSocket(url)",
                        always(426, "Upgrade Required", "Upgrade: websocket")),
                is(Cause.OTHER_PROTOCOL, "@microsoft/signalr", always(400, "Connection ID required")),
                is(Cause.OTHER_PROTOCOL, "@microsoft/signalr",
                        only("POST", "/socket.io/negotiate",
                                "{\"connectionId\":\"x\",\"availableTransports\":[]}")),
                is(Cause.OTHER_PROTOCOL, "sockjs-client",
                        only("GET", "/socket.io/info",
                                "{\"websocket\":true,\"origins\":[\"*:*\"],\"cookie_needed\":false}")),
                is(Cause.OTHER_PROTOCOL, "GraphQL",
                        always(400, "{\"errors\":[{\"message\":\"Must provide query string.\"}]}")),
                is(Cause.OTHER_PROTOCOL, "gRPC", always(200, "", "Content-Type: application/grpc")),
                is(Cause.HTTPS_EXPECTED, "https://",
                        always(400, "<html>The plain HTTP request was sent to HTTPS port</html>")),
                is(Cause.HTTPS_EXPECTED, "https://",
                        always(400, "Client sent an HTTP request to an HTTPS server.\n")),
                is(Cause.CLIENT_CERTIFICATE_WANTED, "optional",
                        always(400, "<html>No required SSL certificate was sent</html>", "Server: nginx")),
                is(Cause.HEADERS_LIMITED, "large_client_header_buffers",
                        always(400, "<html>Request Header Or Cookie Too Large</html>",
                                "Server: nginx/1.22.1")),
                is(Cause.HEADERS_LIMITED, "option auth", always(431, "")),
                is(Cause.CREDENTIALS_WANTED, "Authorization: Basic",
                        always(401, "", "WWW-Authenticate: Basic realm=\"staging\"")),
                is(Cause.CREDENTIALS_WANTED, "Authorization: Bearer",
                        always(401, "{\"code\":401,\"message\":\"no\"}")),
                is(Cause.CHALLENGED, "Exempt",
                        always(403, "<html>Just a moment...</html>", "cf-mitigated: challenge")),
                is(Cause.REFUSED_BY_SERVER, "cors_allowed_origins",
                        always(400, "\"Not an accepted origin.\"")),
                is(Cause.REVISION_UNSUPPORTED, "python-socketio", always(400,
                        "\"The client is using an unsupported version of the Socket.IO or Engine.IO protocols\"")),
                is(Cause.QUERY_LOST, "query", always(400, "{\"code\":0,\"message\":\"Transport unknown\"}")),
                is(Cause.RATE_LIMITED, "Wait", always(429, "", "Retry-After: 60")),
                is(Cause.ORIGIN_DOWN, "listens", always(502, "")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("servers")
    void whatAnswersIsNamed(Cause cause, String inFix, Script script) {
        try (var server = new ScriptedProxy(0, script)) {
            var report = examine(server);

            assertThat(report.verdict().health()).as(Examinations.text(report)).isEqualTo(Health.BROKEN);
            assertThat(Examinations.faults(report)).as(Examinations.text(report)).containsExactly(cause);
            assertThat(finding(report, cause).fix()).get().asString().contains(inFix);
        }
    }

    @Test
    void pollingThatIsOffIsNotALostQuery() {
        try (var server = new ScriptedProxy(0, new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return request.head().contains("transport=websocket")
                        ? Script.respond(400, "{\"code\":3,\"message\":\"Bad request\"}")
                        : Script.respond(400, "{\"code\":0,\"message\":\"Transport unknown\"}");
            }
        })) {
            assertThat(Examinations.faults(examine(server))).containsExactly(Cause.POLLING_OFF);
        }
    }

    @Test
    void bannerOfALoginShellIsRecognised() throws IOException {
        byte[] banner = "SSH-2.0-OpenSSH_9.2p1\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var server = new Banner(banner)) {
            for (boolean tls : new boolean[]{false, true}) {
                var report = examine(server.port(), tls);

                assertThat(Examinations.faults(report)).as(Examinations.text(report))
                        .containsExactly(Cause.OTHER_PROTOCOL);
                assertThat(finding(report, Cause.OTHER_PROTOCOL).title()).contains("speaks SSH");
                assertThat(finding(report, Cause.OTHER_PROTOCOL).confidence()).isEqualTo(Confidence.CERTAIN);
            }
        }
    }

    @Test
    void tlsAlertInResponseToHttpMeansHttps() throws IOException {
        try (var server = new Banner(new byte[]{0x15, 3, 1, 0, 2, 2, 70})) {
            var report = examine(server.port(), false);

            assertThat(Examinations.faults(report)).as(Examinations.text(report))
                    .containsExactly(Cause.HTTPS_EXPECTED);
        }
    }

    @Test
    void serverThatAsksToWaitReceivesNothingMore() {
        try (var server = new ScriptedProxy(0, always(429, "", "Retry-After: 60"))) {
            var report = examine(server);

            assertThat(report.result().requests()).isLessThanOrEqualTo(3);
            assertThat(report.result().log().all(Evidence.Unfinished.class))
                    .allMatch(seen -> seen.hindrance() == Evidence.Hindrance.ASKED_TO_WAIT)
                    .isNotEmpty();
        }
    }

    private static Report examine(ScriptedProxy server) {
        return Examinations.examine(Examinations.target(server.url(), "/socket.io/", Optional.empty()),
                Examinations.QUICK);
    }

    private static Report examine(int port, boolean tls) {
        var plain = Examinations.target("http://127.0.0.1:" + port, "/socket.io/", Optional.empty());
        return Examinations.examine(Examinations.withTls(plain, tls), Examinations.QUICK);
    }

    /** A server that sends its first bytes and closes once the client has sent something, or waits for the client's end. */
    private static final class Banner implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        private Banner(byte[] bytes) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!listening.isClosed()) {
                    try {
                        var client = listening.accept();
                        Thread.ofVirtual().start(() -> greet(client, bytes));
                    } catch (IOException _closed) {
                        return;
                    }
                }
            });
        }

        private static void greet(Socket client, byte[] bytes) {
            try (client) {
                client.getOutputStream().write(bytes);
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException _gone) {
                // The doctor went away.
            }
        }

        private int port() {
            return listening.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
