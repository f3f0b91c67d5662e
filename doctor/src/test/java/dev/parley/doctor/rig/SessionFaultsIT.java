package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.session.Plan;
import dev.parley.server.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Components in front of a server that works, which spoil sessions. */
@Tag("real-time")
class SessionFaultsIT {
    private final TestServer backend = TestServer.start();

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void cacheAnswersHandshakes() {
        var stored = new ConcurrentHashMap<String, HttpMessage>();
        var report = through(new Script() {
            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response) {
                if (!Script.isHandshake(request)) {
                    return response;
                }
                return stored.computeIfAbsent("handshake", _key -> response.with("Age", "7"));
            }
        }, Optional.empty());

        assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
        assertThat(finding(report, Cause.CACHED).confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(finding(report, Cause.CACHED).evidence()).contains("Age: 7");
        assertThat(Examinations.faults(report)).doesNotContain(Cause.NO_AFFINITY);
    }

    @Test
    void oneFailureOfTwoIsNoServerThatIsDown() {
        var asked = new AtomicInteger();
        var report = through(handshakes(request -> asked.incrementAndGet() == 2
                ? Script.respond(502, "<html>502 Bad Gateway</html>", "Server: nginx")
                : Optional.empty()), Optional.empty());

        Examinations.assertFound(report, Health.IMPAIRED, Cause.SOME_REQUESTS_FAIL);
        assertThat(finding(report, Cause.SOME_REQUESTS_FAIL).evidence()).contains("1 of 2 handshakes failed");
    }

    /** Allows three sessions at once and one more each second, as nginx does with limit_req and a burst. */
    @Test
    void limitOnBurstsIsToldFromFailures() {
        var gate = new Object() {
            private double left = 3;
            private long at = System.nanoTime();

            private synchronized boolean passes() {
                long now = System.nanoTime();
                left = Math.min(3, left + (now - at) / 1e9);
                at = now;
                if (left < 1) {
                    return false;
                }
                left--;
                return true;
            }
        };
        var plan = new Plan(true, Duration.ofSeconds(100), Duration.ofSeconds(20), 8, 4, Duration.ZERO,
                Duration.ZERO, 0, Optional.empty());
        var report = through(handshakes(request -> gate.passes() ? Optional.empty()
                : Script.respond(503, "<html>503</html>", "Server: nginx")), Optional.empty(), plan);

        Examinations.assertFound(report, Health.IMPAIRED, Cause.RATE_LIMITED);
        assertThat(finding(report, Cause.RATE_LIMITED).confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void retryAfterIsObeyed() {
        var asked = new AtomicInteger();
        var refused = new AtomicInteger();
        var report = through(new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                if (asked.incrementAndGet() <= 10) {
                    return Optional.empty();
                }
                refused.incrementAndGet();
                return Script.respond(429, "", "Retry-After: 30");
            }
        }, Optional.empty());

        // Four sessions run at once: as many may be on their way when the first is refused.
        assertThat(refused.get()).isBetween(1, 4);
        assertThat(finding(report, Cause.RATE_LIMITED).evidence()).contains("Retry-After: 30");
        assertThat(report.verdict().health()).isEqualTo(Health.IMPAIRED);
    }

    @Test
    void slowAnswersAreReported() {
        var report = through(new Script() {
            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response)
                    throws InterruptedException {
                if (Script.isHandshake(request)) {
                    Thread.sleep(Duration.ofMillis(1_400));
                }
                return response;
            }
        }, Optional.empty());

        assertThat(Examinations.faults(report)).as(Examinations.text(report)).contains(Cause.SLOW_ANSWERS);
    }

    @Test
    void quickExaminationLooksAtCorsOfAnOrigin() {
        var report = through(new Script() {
            @Override
            public HttpMessage request(HttpMessage request) {
                return request.with("Origin", "");
            }

            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response) {
                return response.with("Access-Control-Allow-Origin", "https://my.page")
                        .with("Access-Control-Allow-Origin", "*");
            }
        }, Optional.of("https://my.page"));

        Examinations.assertFound(report, Health.BROKEN, Cause.CORS_DOUBLED);
    }

    @Test
    void redirectOfTheLastSlashNamesTheOption() {
        try (var proxy = new ScriptedProxy(backend.port(), new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return request.head().contains(" /socket.io/?")
                        ? Script.respond(308, "",
                                "Location: /socket.io"
                                        + request.head().replaceFirst("(?s)^[^?]*(\\?\\S*).*$", "$1"))
                        : Optional.empty();
            }

            @Override
            public HttpMessage request(HttpMessage request) {
                return request.withFirstLine(" /socket\\.io\\?", " /socket.io/?");
            }
        })) {
            var report = examine(proxy, Optional.empty(), Examinations.QUICK);

            Examinations.assertFound(report, Health.IMPAIRED, Cause.SLASH_REDIRECTED);
            assertThat(finding(report, Cause.SLASH_REDIRECTED).fix()).get()
                    .asString()
                    .contains("addTrailingSlash: false");
        }
    }

    @Test
    void credentialsAreDistinguishedFromAMissingNamespace() {
        backend.of("/locked").use(socket -> {
            throw new RefusedException("Authentication error: no token");
        });
        var locked = Examinations.examine(Examinations
                .inNamespace(Examinations.target(backend.url(), "/socket.io/", Optional.empty()), "/locked"),
                Examinations.QUICK);
        var missing = Examinations
                .examine(
                        Examinations.inNamespace(
                                Examinations.target(backend.url(), "/socket.io/", Optional.empty()), "/none"),
                        Examinations.QUICK);

        Examinations.assertFound(locked, Health.IMPAIRED, Cause.CREDENTIALS_WANTED);
        Examinations.assertFound(missing, Health.IMPAIRED, Cause.CONNECT_REFUSED);
        assertThat(finding(missing, Cause.CONNECT_REFUSED).title()).contains("does not exist");
    }

    @Test
    void twoReadingsOfAUrlAreTried() {
        var path = Examinations.target(backend.url(), "/chat/", Optional.empty());
        var namespace = Examinations
                .inNamespace(Examinations.target(backend.url(), "/socket.io/", Optional.empty()), "/chat");

        var report = Examinations.examine(path, Optional.of(namespace), Examinations.QUICK);

        assertThat(finding(report, Cause.URL_READ).title())
                .contains("path /socket.io/, namespace /chat was examined");
        assertThat(Examinations.faults(report)).contains(Cause.CONNECT_REFUSED);
    }

    @Test
    void serverThatNeverAnswersCostsFewSeconds() {
        try (var server = new StallingServer(StallingServer.Way.SILENT)) {
            var report = Examinations.examine(
                    Examinations.target("http://127.0.0.1:" + server.port(), "/socket.io/", Optional.empty()),
                    Plan.full(Duration.ofSeconds(60)));

            assertThat(report.result().took()).isLessThan(Duration.ofSeconds(15));
            assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
        }
    }

    private interface Answer {
        Optional<byte[]> to(HttpMessage request);
    }

    private static Script handshakes(Answer answer) {
        return new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return Script.isHandshake(request) ? answer.to(request) : Optional.empty();
            }
        };
    }

    private Report through(Script script, Optional<String> origin) {
        return through(script, origin, Examinations.QUICK);
    }

    private Report through(Script script, Optional<String> origin, Plan plan) {
        try (var proxy = new ScriptedProxy(backend.port(), script)) {
            return examine(proxy, origin, plan);
        }
    }

    private static Report examine(ScriptedProxy proxy, Optional<String> origin, Plan plan) {
        return Examinations.examine(Examinations.target(proxy.url(), "/socket.io/", origin), plan);
    }
}
