package dev.parley.doctor.rule;

import static dev.parley.doctor.rule.SampleEvidence.MS;
import static dev.parley.doctor.rule.SampleEvidence.affinity;
import static dev.parley.doctor.rule.SampleEvidence.affinityOf;
import static dev.parley.doctor.rule.SampleEvidence.answered;
import static dev.parley.doctor.rule.SampleEvidence.failed;
import static dev.parley.doctor.rule.SampleEvidence.healthyBut;
import static dev.parley.doctor.rule.SampleEvidence.log;
import static dev.parley.doctor.rule.SampleEvidence.polling;
import static dev.parley.doctor.rule.SampleEvidence.reach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.ConnectionFailure.Kind;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.WebSocketStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence with several explanations, and how careful the conclusions are. */
class WeakEvidenceTest {
    private static final Duration S = Duration.ofSeconds(1);

    @Test
    void remedyOfNoAffinityIsWords() {
        for (var servers : new int[]{0, 4}) {
            var log = healthyBut(affinityOf(servers, 16), affinity(ClientMode.COOKIES, 15));

            assertThat(of(log, Cause.NO_AFFINITY).fix()).get()
                    .asString()
                    .doesNotContain("Remedy", "lines=", "words=");
        }
    }

    @Test
    void interruptedExaminationIsUnknown() {
        var log = log(reach("host"), new Evidence.Unfinished("the rest", Hindrance.INTERRUPTED));
        var verdict = Verdict.of(log, Rules.evaluate(log));

        assertThat(verdict.health()).isEqualTo(Health.UNKNOWN);
        assertThat(verdict.description()).contains("the examination was interrupted");
    }

    @Test
    void verdictWithoutAHandshakeClaimsNoTransport() {
        assertThat(verdict(log(reach("host")))).startsWith("No session was examined.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Received fatal alert: internal_error",
            "Received fatal alert: handshake_failure"})
    void tlsAlertProvesThatThePortSpeaksTls(String detail) {
        var log = log(new Evidence.Reach("host", 443, List.of("192.0.2.1"), MS, MS, Optional.empty(),
                Optional.of(new ConnectionFailure(Kind.TLS, detail)), Optional.empty()));

        assertThat(of(log, Cause.TLS_INVALID)).satisfies(finding -> {
            assertThat(finding.title()).isEqualTo("TLS answers at host port 443 and refuses");
            assertThat(finding.fix()).get().asString().doesNotContain("http://");
        });
    }

    /** The doctor's own complaint has the same words as the alert of a server that wants a certificate. */
    @Test
    void certificateThatTheDoctorRefusesIsNotCalledOneThatIsWanted() {
        var log = log(new Evidence.Reach("host", 443, List.of("192.0.2.1"), MS, MS, Optional.empty(),
                Optional.of(new ConnectionFailure(Kind.TLS,
                        "(bad_certificate) PKIX path validation failed: signature check failed")),
                Optional.empty()));

        assertThat(of(log, Cause.TLS_INVALID)).isNotNull();
    }

    @Test
    void handshakeRefusedForLackOfACertificateNamesIt() {
        var refused = new Outcome.Failed(
                new ConnectionFailure(Kind.TLS, "Received fatal alert: certificate_required"), MS);

        assertThat(of(log(reach("host"), polling(4, refused, Optional.empty())),
                Cause.CLIENT_CERTIFICATE_WANTED)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, 30000, IDLE_CUT, CERTAIN", "CLOSED, 20, NOT_EXAMINED, CERTAIN",
            "TIMEOUT, 35000, IDLE_CUT, LIKELY", "HELD_BACK, 0, NOT_EXAMINED, CERTAIN",
            "NOT_HTTP, 5000, NOT_EXAMINED, CERTAIN"})
    void onlyAnEndAfterAWhileIsAnIdleCut(Kind kind, long held, Cause cause, Confidence confidence) {
        var finding = of(idle(failed(kind), held), cause);

        assertThat(finding.confidence()).isEqualTo(confidence);
    }

    @ParameterizedTest
    @CsvSource({"504, 30000, IDLE_CUT", "504, 300, NOT_EXAMINED", "429, 30, NOT_EXAMINED",
            "502, 12000, NOT_EXAMINED"})
    void onlyALateTimeoutOfAProxyIsAnIdleCut(int status, long held, Cause cause) {
        assertThat(of(idle(answered(status, ""), held), cause)).isNotNull();
    }

    @Test
    void idleTimeoutOfApacheIsLikely() {
        var outcome = answered(502,
                "<h1>Proxy Error</h1><p>Reason: <strong>Error reading from remote server</strong></p>");

        assertThat(of(idle(outcome, 12_000), Cause.IDLE_CUT).confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void maintenanceIsNotCalledTooManyRequests() {
        var maintenance = answered(503, "back soon", "Retry-After: 600");
        var first = log(reach("host"), new Evidence.Held(1, maintenance.response().orElseThrow()),
                new Evidence.Unfinished("polling", Hindrance.ASKED_TO_WAIT));
        var second = log(reach("host"), polling(4, maintenance, Optional.empty()));

        for (var log : List.of(first, second)) {
            assertThat(of(log, Cause.RATE_LIMITED)).satisfies(finding -> {
                assertThat(finding.title()).doesNotContain("too many");
                assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
            });
        }
    }

    @Test
    void refusalAfterASuccessIsNoServerThatIsDown() {
        var log = log(reach("host"), new Evidence.Redirected(List.of(), true), unavailable());

        assertThat(causes(log)).contains(Cause.SOME_REQUESTS_FAIL).doesNotContain(Cause.ORIGIN_DOWN);
    }

    @Test
    void unavailableIsNeverSurelyDown() {
        var log = log(reach("host"), new Evidence.Redirected(List.of(), false), unavailable());

        assertThat(of(log, Cause.ORIGIN_DOWN).confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void lossesInOneSeriesOnlyAreNoAffinityByCookie() {
        var log = healthyBut(affinity(ClientMode.NEW_CONNECTIONS, 4));

        assertThat(causes(log)).doesNotContain(Cause.AFFINITY_BY_COOKIE);
        assertThat(of(log, Cause.NO_AFFINITY)).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.IMPAIRED);
            assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        });
    }

    @ParameterizedTest
    @CsvSource({"16, 0, 2, 0, CERTAIN", "16, 0, 16, 0, LIKELY", "24, 0, 2, 0, LIKELY", "16, 16, 2, 0, LIKELY",
            "24, 0, 24, 4, CERTAIN"})
    void oneServerThatForgetsIsNotRuledOut(int lost, int blank, int keptLost, int named, Confidence sure) {
        var bare = new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 12, 24, lost, 0, Set.of(), 0,
                Optional.empty(), 0, named, blank);
        var log = healthyBut(bare, affinity(ClientMode.COOKIES, lost),
                affinity(ClientMode.KEEP_ALIVE, keptLost));

        assertThat(of(log, Cause.NO_AFFINITY)).satisfies(finding -> {
            assertThat(finding.confidence()).isEqualTo(sure);
            assertThat(finding.title().contains("one server")).isEqualTo(sure == Confidence.LIKELY);
        });
    }

    @ParameterizedTest
    @CsvSource({"400, '{\"code\":1,\"message\":\"Session ID unknown\"}', 1",
            "403, '{\"code\":4,\"message\":\"not you\"}', 4",
            "400, '{\"code\":4,\"message\":\"not you\"}', -1",
            "404, '{\"code\":5,\"message\":\"Not Found\",\"details\":[]}', -1",
            "200, '{\"code\":0,\"data\":[]}', -1", "400, '{\"code\":3,\"message\":\"wrong argument\"}', -1",
            "400, Session ID unknown, 1"})
    void onlyErrorsOfEngineIoHaveItsCodes(int status, String body, int code) {
        assertThat(answered(status, body).response().orElseThrow().engineCode().orElse(-1)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"301, 308, false, CERTAIN", "301, 301, true, CERTAIN", "302, 0, true, LIKELY",
            "308, 0, false, CERTAIN"})
    void redirectOfPostIsJudgedByItsOwnStatus(int get, int post, boolean loses, Confidence sure) {
        for (String to : List.of("https://other/socket.io/", "https://host/socket.io")) {
            var log = healthyBut(new Evidence.Redirected(List.of(new Evidence.Hop(get, post, to)), false));

            assertThat(Rules.evaluate(log)).filteredOn(Finding::isTrouble)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(loses ? Severity.BROKEN : Severity.IMPAIRED);
                        assertThat(finding.confidence()).isEqualTo(sure);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"404, nothing, WRONG_PATH", "200, hello, WRONG_PATH",
            "400, '{\"code\":0,\"message\":\"Transport unknown\"}', POLLING_OFF", "502, '', ORIGIN_DOWN",
            "401, '', CREDENTIALS_WANTED", "403, '', REFUSED_BY_EDGE", "429, '', RATE_LIMITED"})
    void anotherPathExplainsOnlyWhatIsNotOfSocketIo(int status, String body, Cause cause) {
        var log = log(reach("host"), new Evidence.Polling(4, "/a/", answered(status, body), Optional.empty(),
                List.of("/socket.io/"), List.of()));

        assertThat(causes(log)).contains(cause);
    }

    @Test
    void shortWaitForTheNamespaceProvesNothing() {
        var log = healthyBut(
                new Evidence.Connect("/", new Evidence.ConnectReply.Unanswered(), Duration.ofMillis(1_800)));

        assertThat(Verdict.of(log, Rules.evaluate(log)).health()).isEqualTo(Health.UNKNOWN);
        assertThat(causes(log)).doesNotContain(Cause.CONNECT_SILENT);
    }

    @Test
    void handshakeOverHttp1ProvesThatItIsSpoken() {
        var tls = new Evidence.Reach("host", 443, List.of("192.0.2.1"), MS, MS,
                Optional.of(new Evidence.Tls("TLSv1.3", "h2", false, Optional.of(false), MS)),
                Optional.empty(), Optional.empty());

        assertThat(causes(healthyBut(tls))).doesNotContain(Cause.NO_HTTP1);
        assertThat(causes(log(tls))).contains(Cause.NO_HTTP1);
    }

    @ParameterizedTest
    @CsvSource({"400, not you, text/html, 'The application refuses WebSocket'",
            "400, '<h1>Bad upgrade</h1>', text/html, 'WebSocket is refused with 400 by nginx'",
            "400, 'Can \"Upgrade\" only to \"WebSocket\".', text/plain, 'The upgrade headers do not reach the server'",
            "401, '', text/plain, 'WebSocket is refused with 401 by nginx'",
            "403, '', text/plain, 'WebSocket is refused with 403 by nginx'",
            "502, '', text/plain, 'WebSocket failed with 502 from nginx'"})
    void refusalOfAWebSocketHasSeveralReasons(int status, String body, String type, String title) {
        var log = healthyBut(
                SampleEvidence.webSocket(answered(status, body, "Server: nginx", "Content-Type: " + type)));

        assertThat(Rules.evaluate(log)).filteredOn(Finding::isTrouble).singleElement().satisfies(finding -> {
            assertThat(finding.title()).isEqualTo(title);
            assertThat(finding.meaning().startsWith("The platform does not forward"))
                    .isEqualTo(status == 403 || body.startsWith("<"));
            assertThat(finding.confidence() == Confidence.CERTAIN).isEqualTo(body.startsWith("Can"));
        });
    }

    @ParameterizedTest
    @CsvSource({"permessage-deflate, WEBSOCKET_COMPRESSION_BROKEN", "'', WEBSOCKET_CLOSED"})
    void compressionIsBlamedOnlyIfItWasAgreed(String extension, Cause cause) {
        var log = healthyBut(new Evidence.WebSocket(
                answered(101, "", "Sec-WebSocket-Extensions: " + extension), Optional.empty(), MS,
                new WebSocketStart.Closed(false, 1006, ""), Optional.of(new WebSocketStart.Answered())));

        assertThat(of(log, cause).confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void tlsIsNotTheRemedyForAnAddressWithTls() {
        var log = healthyBut(SampleEvidence.webSocket(answered(101, "")));
        var plain = new EvidenceLog("http://host/socket.io/", log.evidence());

        assertThat(of(log, Cause.WEBSOCKET_SILENT).fix()).get().asString().doesNotContain("use TLS");
        assertThat(of(plain, Cause.WEBSOCKET_SILENT).fix()).get().asString().contains("use TLS");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void failedHandshakeLacksNoCorsHeader(int status) {
        var none = new Evidence.CorsHeaders("", false, "", "", 0);
        var log = healthyBut(new Evidence.Cors("https://a.example", true, false, none, Optional.empty(), none,
                204, status, Set.of()));

        assertThat(causes(log)).contains(Cause.NOT_EXAMINED).doesNotContain(Cause.CORS_MISSING);
    }

    @ParameterizedTest
    @CsvSource({"1, The CORS header has several values", "2, The CORS header is sent twice"})
    void listInOneHeaderIsNotCalledTwoHeaders(int lines, String title) {
        var list = new Evidence.CorsHeaders("https://a.example, https://b.example", false, "", "", lines);
        var log = healthyBut(new Evidence.Cors("https://a.example", true, false, list, Optional.of(list),
                list, 204, 200, Set.of()));

        assertThat(of(log, Cause.CORS_DOUBLED).title()).isEqualTo(title);
    }

    @Test
    void furtherFaultsAreCounted() {
        var log = healthyBut(affinityOf(4, 16), affinity(ClientMode.COOKIES, 15),
                SampleEvidence.webSocket(answered(403, "", "server: envoy")));

        assertThat(verdict(log)).endsWith(" (1 more fault.)");
    }

    private static Evidence unavailable() {
        return new Evidence.Polling(4, "/socket.io/", answered(503, ""), Optional.empty(), List.of(),
                List.of(answered(503, ""), answered(503, "")));
    }

    private static EvidenceLog idle(Outcome outcome, long held) {
        return healthyBut(new Evidence.Idle("websocket", S.multipliedBy(25), false, Duration.ofMillis(held),
                Optional.of(outcome)));
    }

    private static String verdict(EvidenceLog log) {
        return Verdict.of(log, Rules.evaluate(log)).description();
    }

    private static List<Cause> causes(EvidenceLog log) {
        return Rules.evaluate(log).stream().map(Finding::cause).toList();
    }

    private static Finding of(EvidenceLog log, Cause cause) {
        var findings = Rules.evaluate(log);
        assertThat(findings).extracting(Finding::cause).contains(cause);
        return findings.stream().filter(finding -> finding.cause() == cause).findFirst().orElseThrow();
    }
}
