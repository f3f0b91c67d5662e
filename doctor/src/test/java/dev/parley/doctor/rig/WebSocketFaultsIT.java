package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.session.Plan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets that fail in ways that must be told apart, while polling works. */
@Tag("real-time")
class WebSocketFaultsIT {
    private static final byte[] CLOSE_1008 = {(byte) 0x88, 6, 3, (byte) 0xf0, 'n', 'o', 'p', 'e'};
    /** Silence is waited for, so waits are short; a server on a busy machine must still be in time. */
    private static final Plan PATIENT = new Plan(true, Duration.ofSeconds(100), Duration.ofSeconds(6), 2, 2,
            Duration.ZERO, Duration.ZERO, 0, Optional.empty());

    private final TestServer backend = TestServer.start();

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void framesToTheServerAreLost() {
        var found = only(Cause.WEBSOCKET_SILENT, new Script() {
            @Override
            public byte[] up(byte[] bytes) {
                return new byte[0];
            }
        });

        assertThat(found.title()).contains("messages to the server are lost");
    }

    @Test
    void framesOfTheServerAreLost() {
        var found = only(Cause.WEBSOCKET_SILENT, new Script() {
            @Override
            public byte[] down(byte[] bytes) {
                return new byte[0];
            }
        });

        assertThat(found.title()).contains("messages of the server are lost");
        assertThat(found.evidence()).anyMatch(line -> line.contains("ended the pending poll"));
    }

    @Test
    void closeCodeIsNamed() {
        var found = only(Cause.WEBSOCKET_CLOSED, new Script() {
            @Override
            public byte[] down(byte[] bytes) {
                return CLOSE_1008;
            }
        });

        assertThat(found.evidence()).contains("closed with code 1008 \"nope\", before a handshake");
    }

    @Test
    void wrongAcceptIsNoWebSocket() {
        only(Cause.WEBSOCKET_ACCEPT_WRONG, new Script() {
            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response) {
                return Script.isUpgrade(request)
                        ? response.with("sec-websocket-accept", "").with("Sec-WebSocket-Accept", "d3Jvbmc=")
                        : response;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0x40, 'RSV1 is set, but no compression was agreed', RSV1 must be clear",
            "0x20, a reserved bit is set, changes frames"})
    void alteredFramesAreNamed(String bit, String evidence, String meaning) {
        var found = only(Cause.WEBSOCKET_ALTERED, new Script() {
            @Override
            public byte[] down(byte[] bytes) {
                bytes[0] |= (byte) (int) Integer.decode(bit);
                return bytes;
            }
        });

        assertThat(found.evidence()).anyMatch(line -> line.contains(evidence));
        assertThat(found.meaning()).contains(meaning);
    }

    /** Does what a scanner does that cannot read compressed frames, and a server that compresses because the client offers it. */
    @Test
    void failureWithCompressionOnlyIsNamed() {
        var compressed = new AtomicBoolean();
        only(Cause.WEBSOCKET_COMPRESSION_BROKEN, new Script() {
            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response) {
                compressed.set(request.contains("sec-websocket-extensions", "permessage-deflate"));
                return Script.isUpgrade(request) && compressed.get()
                        ? response.with("Sec-WebSocket-Extensions", "permessage-deflate")
                        : response;
            }

            @Override
            public byte[] down(byte[] bytes) {
                if (compressed.get()) {
                    bytes[0] |= 0x40;
                }
                return bytes;
            }
        });
    }

    @Test
    void agreedCompressionWorks() {
        try (var server = TestServer.compressing()) {
            var report = Examinations
                    .examine(Examinations.target(server.url(), "/socket.io/", Optional.empty()), PATIENT);

            Examinations.assertHealthy(report);
        }
    }

    @ParameterizedTest
    @CsvSource({"400, Bad Request, WEBSOCKET_OTHER_SERVER, Another server",
            "404, '', WEBSOCKET_OTHER_SERVER, Another server",
            "400, not on Mondays, WEBSOCKET_REFUSED, The application",
            "400, Forbidden, WEBSOCKET_REFUSED, The server itself",
            "403, no, WEBSOCKET_REFUSED, WebSocket is refused with 403",
            "426, Upgrade Required, WEBSOCKET_HEADERS_LOST, The upgrade headers"})
    void whoRefusesIsToldApart(int status, String body, Cause cause, String title) {
        var found = only(cause, upgrades(request -> Script.respond(status, body, "Content-Type: text/html")));

        assertThat(found.title()).startsWith(title);
    }

    @Test
    void unknownSessionInPlainTextIsAnotherServer() {
        only(Cause.UPGRADE_ELSEWHERE,
                upgrades(request -> request.head().contains("sid=")
                        ? Script.respond(400, "Session ID unknown", "Content-Type: text/html")
                        : Optional.empty()));
    }

    @Test
    void developmentServerWithoutWsIsRecognised() {
        var found = only(Cause.DEV_PROXY_WITHOUT_WS, new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                if (request.head().startsWith("GET /@vite/client")) {
                    return Script.respond(200, "import '/node_modules/vite/dist/client/env.mjs'",
                            "Content-Type: text/javascript");
                }
                // The connection ends instead of staying silent, to save the wait.
                return Script.isUpgrade(request) ? Optional.of(new byte[0]) : Optional.empty();
            }
        });

        assertThat(found.remedy()).get()
                .satisfies(
                        remedy -> assertThat(remedy.lines()).singleElement().asString().contains("ws: true"));
    }

    private interface Answer {
        Optional<byte[]> to(HttpMessage request);
    }

    private static Script upgrades(Answer answer) {
        return new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return Script.isUpgrade(request) ? answer.to(request) : Optional.empty();
            }
        };
    }

    /** Examines the server through a proxy; returns the only fault. */
    private Finding only(Cause cause, Script script) {
        try (var proxy = new ScriptedProxy(backend.port(), script)) {
            Report report = Examinations
                    .examine(Examinations.target(proxy.url(), "/socket.io/", Optional.empty()), PATIENT);

            assertThat(Examinations.faults(report)).as(Examinations.text(report)).containsExactly(cause);
            assertThat(report.verdict().health()).isEqualTo(Health.IMPAIRED);
            var found = finding(report, cause);
            assertThat(found.severity()).isEqualTo(Severity.IMPAIRED);
            return found;
        }
    }
}
