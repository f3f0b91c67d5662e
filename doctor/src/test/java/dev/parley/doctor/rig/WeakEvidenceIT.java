package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Servers whose responses are easily taken for something else. */
class WeakEvidenceIT {
    private static final String HANDSHAKE = "0{\"sid\":\"first\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}";
    private static final byte[] HANDSHAKE_FAILURE = {0x15, 3, 3, 0, 2, 2, 40};

    @Test
    void refusalsAfterTheSecondRequestToWaitAreNoFacts() {
        var sessions = new AtomicInteger();
        try (var server = new ScriptedProxy(0, new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                if (Script.isHandshake(request)) {
                    return Script.respond(200, HANDSHAKE.replace("first", "s" + sessions.incrementAndGet()));
                }
                // A close packet, in either revision.
                if (new String(request.bytes(), StandardCharsets.US_ASCII).endsWith("1")) {
                    return Script.respond(200, "ok");
                }
                return Script.respond(429, "",
                        request.head().contains("/health/ready") ? "Retry-After: 0" : "Retry-After: 60");
            }
        })) {
            var report = Examinations.examine(
                    Examinations.target(server.url(), "/socket.io/", Optional.empty()), Examinations.QUICK);

            assertThat(report.findings()).as(Examinations.text(report))
                    .extracting(Finding::cause)
                    .contains(Cause.RATE_LIMITED)
                    .doesNotContain(Cause.SESSION_UNANSWERED, Cause.AFFINITY_HOLDS, Cause.CONNECT_BROKEN);
            assertThat(report.result().log().all(Evidence.Affinity.class)).isEmpty();
            assertThat(report.result().log().all(Evidence.WebSocket.class)).isEmpty();
            assertThat(report.result().log().all(Evidence.Unfinished.class)).isNotEmpty()
                    .allMatch(seen -> seen.hindrance() == Hindrance.ASKED_TO_WAIT);
        }
    }

    /** Does what nginx does with ssl_reject_handshake, and with HTTP on that port. */
    @Test
    void portThatRefusesTlsWithAnAlertIsNotCalledHttp() throws IOException {
        try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!listening.isClosed()) {
                    try {
                        refuse(listening.accept());
                    } catch (IOException _closed) {
                        // The next one.
                    }
                }
            });
            var target = Examinations.target("http://127.0.0.1:" + listening.getLocalPort(), "/socket.io/",
                    Optional.empty());
            var report = Examinations.examine(Examinations.withTls(target, true), Examinations.QUICK);

            assertThat(Examinations.faults(report)).as(Examinations.text(report))
                    .containsExactly(Cause.TLS_INVALID);
            assertThat(Examinations.finding(report, Cause.TLS_INVALID).title())
                    .startsWith("TLS answers at 127.0.0.1 port ");
        }
    }

    private static void refuse(Socket client) throws IOException {
        try (client) {
            var in = client.getInputStream();
            boolean tls = in.read() == 0x16;
            in.skipNBytes(in.available());
            client.getOutputStream()
                    .write(tls ? HANDSHAKE_FAILURE
                            : Script.respond(400, "The plain HTTP request was sent to HTTPS port")
                                    .orElseThrow());
        }
    }

    @Test
    void oneFailureOfAProxyDoesNotRefuseWebSocket() {
        var upgrades = new AtomicInteger();
        try (var server = TestServer.start(); var proxy = new ScriptedProxy(server.port(), new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return Script.isUpgrade(request) && upgrades.getAndIncrement() == 0 ? Script.respond(502, "")
                        : Optional.empty();
            }
        })) {
            Examinations.assertHealthy(Examinations.examine(
                    Examinations.target(proxy.url(), "/socket.io/", Optional.empty()), Examinations.QUICK));
        }
    }
}
