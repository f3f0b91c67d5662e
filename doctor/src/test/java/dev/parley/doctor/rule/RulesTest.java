package dev.parley.doctor.rule;

import static dev.parley.doctor.rule.SampleEvidence.HANDSHAKE;
import static dev.parley.doctor.rule.SampleEvidence.MS;
import static dev.parley.doctor.rule.SampleEvidence.affinity;
import static dev.parley.doctor.rule.SampleEvidence.affinityOf;
import static dev.parley.doctor.rule.SampleEvidence.answered;
import static dev.parley.doctor.rule.SampleEvidence.cadence;
import static dev.parley.doctor.rule.SampleEvidence.failed;
import static dev.parley.doctor.rule.SampleEvidence.healthyBut;
import static dev.parley.doctor.rule.SampleEvidence.log;
import static dev.parley.doctor.rule.SampleEvidence.polling;
import static dev.parley.doctor.rule.SampleEvidence.webSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.CorsHeaders;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.protocol.engine.EngineHandshake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence and the cause and health that the rules conclude. */
class RulesTest {
    private static final Duration S = Duration.ofSeconds(1);
    private static final CorsHeaders NONE = new CorsHeaders("", false, "", "", 1);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void evidenceLeadsToCauseAndHealth(Cause cause, Health health, EvidenceLog log) {
        var findings = Rules.evaluate(log);

        assertThat(findings.stream().filter(finding -> finding.severity() != Severity.OK).map(Finding::cause))
                .containsExactly(cause);
        assertThat(Verdict.of(log, findings).health()).isEqualTo(health);
    }

    @ParameterizedTest
    @CsvSource({"https://page.example, true, AWSALB, HEALTHY", "https://page.example, true, '', BROKEN",
            "https://page.example, false, AWSALB, BROKEN", "https://www.site.org:8443, true, '', HEALTHY"})
    void cookieNotSentCrossSiteIsNoAffinity(String page, boolean credentials, String kept, Health health) {
        var mine = new CorsHeaders(page, credentials, "GET,POST", "", 1);
        var log = healthyBut(SampleEvidence.reach("api.site.org"),
                affinity(ClientMode.NEW_CONNECTIONS, 16, "AWSALB"), new Evidence.Cors(page, true, false, mine,
                        Optional.of(mine), mine, 204, 200, kept.isEmpty() ? Set.of() : Set.of(kept)));

        assertThat(Verdict.of(log, Rules.evaluate(log)).health()).isEqualTo(health);
    }

    @Test
    void unansweredRequestLacksNoCorsHeader() {
        var mine = grant("https://a.example", true);
        var log = healthyBut(new Evidence.Cors("https://a.example", true, false, mine, Optional.empty(), mine,
                204, 200, Set.of()));

        assertThat(Rules.evaluate(log)).extracting(Finding::cause)
                .contains(Cause.CORS_RIGHT)
                .doesNotContain(Cause.CORS_LOST_ON_ERRORS);
    }

    static Stream<Arguments> evidenceLeadsToCauseAndHealth() {
        return Stream.of(
                arguments(Cause.UNREACHABLE, Health.BROKEN, unreachable(ConnectionFailure.Kind.UNKNOWN_HOST)),
                arguments(Cause.UNREACHABLE, Health.BROKEN, unreachable(ConnectionFailure.Kind.REFUSED)),
                arguments(Cause.TLS_INVALID, Health.BROKEN, unreachable(ConnectionFailure.Kind.TLS)),
                arguments(Cause.NO_HTTP1, Health.IMPAIRED, log(tls(false, Optional.of(false)))),
                arguments(Cause.REDIRECTED, Health.BROKEN,
                        healthyBut(new Evidence.Redirected(List.of(new Evidence.Hop(301, 301, "https://x/")),
                                false))),
                arguments(Cause.REDIRECTED, Health.IMPAIRED,
                        healthyBut(new Evidence.Redirected(List.of(new Evidence.Hop(308, 308, "https://x/")),
                                false))),
                arguments(Cause.HTML_INSTEAD, Health.BROKEN,
                        handshake(answered(200, "<!doctype html><title>App</title>",
                                "Content-Type: text/html"))),
                arguments(Cause.NOT_FOUND, Health.BROKEN, handshake(answered(404, "nothing here"))),
                arguments(Cause.POLLING_OFF, Health.BROKEN,
                        handshake(answered(400, "{\"code\":0,\"message\":\"Transport unknown\"}"))),
                arguments(Cause.REFUSED_BY_SERVER, Health.BROKEN,
                        handshake(answered(403, "{\"code\":4,\"message\":\"Forbidden\"}"))),
                arguments(Cause.REVISION_UNSUPPORTED, Health.BROKEN,
                        handshake(
                                answered(400, "{\"code\":5,\"message\":\"Unsupported protocol version\"}"))),
                arguments(Cause.REFUSED_BY_EDGE, Health.BROKEN,
                        handshake(answered(403, "", "server: envoy"))),
                arguments(Cause.ORIGIN_DOWN, Health.BROKEN,
                        handshake(answered(502, "<html>", "server: nginx"))),
                arguments(Cause.ORIGIN_DOWN, Health.BROKEN, handshake(answered(504, ""))),
                arguments(Cause.NOT_SOCKET_IO, Health.BROKEN, handshake(answered(200, "hello"))),
                arguments(Cause.NOT_SOCKET_IO, Health.BROKEN,
                        handshake(failed(ConnectionFailure.Kind.NOT_HTTP))),
                arguments(Cause.COMPRESSED, Health.BROKEN,
                        handshake(answered(200, "??", "Content-Encoding: gzip"))),
                arguments(Cause.OLD_CLIENTS_REFUSED, Health.HEALTHY,
                        healthyBut(polling(3, answered(400, "{\"code\":5}"), Optional.empty()))),
                arguments(Cause.NO_AFFINITY, Health.BROKEN,
                        healthyBut(affinity(ClientMode.NEW_CONNECTIONS, 16),
                                affinity(ClientMode.COOKIES, 15))),
                arguments(Cause.SESSION_UNANSWERED, Health.BROKEN,
                        healthyBut(unanswered(24, failed(ConnectionFailure.Kind.TIMEOUT)))),
                arguments(Cause.SESSION_UNANSWERED, Health.BROKEN,
                        healthyBut(unanswered(12, answered(403, "", "server: cloudflare")))),
                arguments(Cause.SESSION_UNANSWERED, Health.HEALTHY,
                        healthyBut(unanswered(1, failed(ConnectionFailure.Kind.CLOSED)))),
                arguments(Cause.NOT_EXAMINED, Health.UNKNOWN,
                        healthyBut(new Evidence.Unfinished("upgrade", Hindrance.OUT_OF_TIME))),
                arguments(Cause.NOT_EXAMINED, Health.UNKNOWN,
                        log(SampleEvidence.reach("host"),
                                new Evidence.Unfinished("polling", Hindrance.BUSY))),
                arguments(Cause.NOT_EXAMINED, Health.UNKNOWN,
                        log(SampleEvidence.reach("host"),
                                polling(4, answered(200, "0{}"), Optional.of(HANDSHAKE)))),
                arguments(Cause.AFFINITY_BY_COOKIE, Health.HEALTHY,
                        healthyBut(affinity(ClientMode.NEW_CONNECTIONS, 16, "AWSALB"))),
                arguments(Cause.CONNECT_REFUSED, Health.IMPAIRED,
                        healthyBut(connect(new Evidence.ConnectReply.Refused("no entry")))),
                arguments(Cause.CONNECT_SILENT, Health.BROKEN,
                        healthyBut(connect(new Evidence.ConnectReply.Unanswered()))),
                arguments(Cause.CONNECT_BROKEN, Health.BROKEN,
                        healthyBut(connect(new Evidence.ConnectReply.Broken(answered(502, ""))))),
                arguments(Cause.WEBSOCKET_REFUSED, Health.IMPAIRED,
                        healthyBut(webSocket(answered(403, "", "server: envoy")))),
                arguments(Cause.WEBSOCKET_REFUSED, Health.IMPAIRED, healthyBut(webSocket(answered(503, "")))),
                arguments(Cause.WEBSOCKET_REFUSED, Health.IMPAIRED,
                        healthyBut(webSocket(failed(ConnectionFailure.Kind.CLOSED)))),
                arguments(Cause.WEBSOCKET_HEADERS_LOST, Health.IMPAIRED,
                        healthyBut(webSocket(answered(400, "{\"code\":3,\"message\":\"Bad request\"}")))),
                arguments(Cause.WEBSOCKET_HEADERS_LOST, Health.IMPAIRED,
                        healthyBut(webSocket(answered(426, "")))),
                arguments(Cause.WEBSOCKET_HEADERS_LOST, Health.IMPAIRED,
                        healthyBut(webSocket(answered(200, "0{\"sid\":\"x\"}")))),
                arguments(Cause.WEBSOCKET_SILENT, Health.IMPAIRED, healthyBut(webSocket(answered(101, "")))),
                arguments(Cause.UPGRADE_ELSEWHERE, Health.IMPAIRED,
                        healthyBut(upgrade(Evidence.Stage.REFUSED,
                                answered(400, "{\"code\":1,\"message\":\"Session ID unknown\"}")))),
                arguments(Cause.UPGRADE_LATE, Health.HEALTHY,
                        healthyBut(upgrade(Evidence.Stage.POLL_NOT_ENDED, answered(101, "")))),
                arguments(Cause.UPGRADE_FAILS, Health.IMPAIRED,
                        healthyBut(upgrade(Evidence.Stage.NO_PROBE_ANSWER, answered(101, "")))),
                arguments(Cause.IDLE_CUT, Health.BROKEN,
                        healthyBut(new Evidence.Idle("polling", S.multipliedBy(25), false, S.multipliedBy(10),
                                Optional.of(answered(504, ""))))),
                arguments(Cause.PUSH_LATE, Health.IMPAIRED,
                        healthyBut(new Evidence.Push(MS.multipliedBy(5), S, 5))),
                arguments(Cause.COMPRESSED, Health.HEALTHY,
                        healthyBut(new Evidence.Compression("gzip", "text/plain", 120, 118, true))),
                arguments(Cause.CORRUPTED, Health.BROKEN,
                        healthyBut(new Evidence.Compression("gzip", "text/plain", 120, 0, false))),
                arguments(Cause.CORRUPTED, Health.BROKEN,
                        healthyBut(new Evidence.Binary("websocket", false, 2_048, "2049 bytes came back",
                                false))),
                arguments(Cause.CORS_WILDCARD_WITH_CREDENTIALS, Health.IMPAIRED,
                        cors(false, grant("*", true), grant("*", true))),
                arguments(Cause.CORS_LOST_ON_ERRORS, Health.IMPAIRED,
                        cors(true, grant("https://a.example", true), NONE)),
                arguments(Cause.CORS_MISSING, Health.BROKEN, cors(true, NONE, NONE)),
                arguments(Cause.CORS_MISSING, Health.HEALTHY, cors(false, NONE, NONE)),
                arguments(Cause.PAYLOAD_LIMITED, Health.IMPAIRED,
                        healthyBut(new Evidence.Payload(1_000_000, 999_999, answered(413, ""),
                                Optional.empty(), 10_000))),
                arguments(Cause.PAYLOAD_LIMITED, Health.HEALTHY,
                        healthyBut(new Evidence.Payload(0, 1_000_000, answered(413, ""), Optional.empty(),
                                60_000))),
                arguments(Cause.PAYLOAD_UNCHECKED, Health.HEALTHY,
                        healthyBut(new Evidence.Payload(1_000_000, 999_999, answered(200, ""),
                                Optional.of(answered(200, "")), 999_999))),
                arguments(Cause.VOICE_MARGINAL, Health.IMPAIRED, healthyBut(cadence("polling", 400, 0))),
                arguments(Cause.VOICE_MARGINAL, Health.IMPAIRED, healthyBut(cadence("websocket", 20, 9))),
                arguments(Cause.VOICE_BAD, Health.IMPAIRED, healthyBut(cadence("polling", 900, 0))),
                arguments(Cause.CUT_WHILE_BUSY, Health.BROKEN, healthyBut(cut(MS))),
                arguments(Cause.NOT_EXAMINED, Health.HEALTHY, healthyBut(cut(S))),
                arguments(Cause.NOT_EXAMINED, Health.HEALTHY,
                        healthyBut(new Evidence.Skipped("CORS", "no time"))));
    }

    @Test
    void healthyServerHasNoProblems() {
        var log = healthyBut();
        var findings = Rules.evaluate(log);

        assertThat(findings).allMatch(finding -> finding.severity() == Severity.OK);
        assertThat(Verdict.of(log, findings)).isEqualTo(new Verdict(Health.HEALTHY,
                "Works: by polling and by WebSocket, upgraded within 3.0 ms. Voice over polling is good here (p99 29 ms, cushion 100 ms); "
                        + "over websocket is good here (p99 13 ms, cushion 80 ms)."));
    }

    @Test
    void faultOutranksWhatIsUnknown() {
        var log = healthyBut(webSocket(answered(403, "", "server: envoy")),
                new Evidence.Unfinished("upgrade", Hindrance.BUSY));

        assertThat(Verdict.of(log, Rules.evaluate(log)).health()).isEqualTo(Health.IMPAIRED);
    }

    @Test
    void affinityByCookieIsUnknownWhileRequestsWithACookieWereNotExamined() {
        var log = log(SampleEvidence.reach("host"), polling(4, answered(200, "0{}"), Optional.of(HANDSHAKE)),
                affinity(ClientMode.NEW_CONNECTIONS, 12, "AWSALB"),
                new Evidence.Unfinished("affinity", Hindrance.OUT_OF_TIME),
                new Evidence.Connect("/", new Evidence.ConnectReply.Accepted(), MS));
        var without = log(SampleEvidence.reach("host"),
                polling(4, answered(200, "0{}"), Optional.of(HANDSHAKE)),
                affinity(ClientMode.NEW_CONNECTIONS, 12));

        assertThat(Verdict.of(log, Rules.evaluate(log)).health()).isEqualTo(Health.UNKNOWN);
        assertThat(Verdict.of(without, Rules.evaluate(without)).health()).isEqualTo(Health.BROKEN);
    }

    @Test
    void serversThatPassRequestsOnActAsOne() {
        var log = healthyBut(affinityOf(3, 0));

        assertThat(Rules.evaluate(log)).filteredOn(finding -> finding.cause() == Cause.CLUSTER_ACTS_AS_ONE)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.title()).isEqualTo("At least 3 servers act as one");
                    assertThat(finding.evidence()).contains("the ids of 12 sessions name 3 servers");
                });
        assertThat(Verdict.of(log, Rules.evaluate(log)).health()).isEqualTo(Health.HEALTHY);
    }

    /** Twelve different tags of twelve sessions may be a coincidence of names, and one tag says nothing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void serversAreNotCalledOneWithoutASign(int servers) {
        assertThat(Rules.evaluate(healthyBut(affinityOf(servers, 0)))).extracting(Finding::cause)
                .contains(Cause.AFFINITY_HOLDS)
                .doesNotContain(Cause.CLUSTER_ACTS_AS_ONE);
    }

    @Test
    void separateServersAreCountedByTheirTags() {
        var log = healthyBut(affinityOf(4, 16), affinity(ClientMode.COOKIES, 15));

        assertThat(Rules.evaluate(log)).filteredOn(finding -> finding.cause() == Cause.NO_AFFINITY)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.meaning())
                            .contains("at least 4 servers, by the names in their session ids");
                    assertThat(finding.fix()).get().asString().contains("one cluster");
                });
    }

    @Test
    void redirectIsNotCalledWrongBeforeItsTargetWasExamined() {
        var log = log(SampleEvidence.reach("host"),
                new Evidence.Redirected(List.of(new Evidence.Hop(308, 308, "https://host/other/")), false),
                new Evidence.Unfinished("polling", Hindrance.BUSY));

        assertThat(Rules.evaluate(log)).extracting(Finding::title)
                .contains("Requests are redirected")
                .doesNotContain("Requests are redirected to an address without Socket.IO");
    }

    @Test
    void verdictOfAnUnfinishedExaminationSaysWhy() {
        var log = healthyBut(new Evidence.Unfinished("upgrade", Hindrance.BUSY));

        assertThat(Verdict.of(log, Rules.evaluate(log)).description()).isEqualTo(
                "Could not finish: this machine was too busy to tell a slow server from a slow doctor (1 look without a result). "
                        + "No fault was seen; a session opens. Run the doctor again when this machine has less to do.");
    }

    @Test
    void webSocketRefusalNamesPlatformAndRatesPolling() {
        var log = healthyBut(webSocket(answered(403, "", "server: envoy")), cadence("polling", 85, 0),
                new Evidence.Skipped("x", "y"));
        var few = log.evidence()
                .stream()
                .filter(one -> !(one instanceof Evidence.AudioTimings cadence
                        && cadence.transport().equals("websocket")))
                .toList();
        var without = new EvidenceLog(log.url(), few);

        assertThat(Verdict.of(without, Rules.evaluate(without)).description()).isEqualTo(
                "Works, on polling only: the platform refuses WebSocket (403 from Envoy). Do not retry it. Voice over polling is good here (p99 94 ms, cushion 160 ms).");
    }

    @Test
    void refusalByServerIsNotAttributedToPlatform() {
        var log = healthyBut(
                webSocket(answered(403, "{\"code\":4,\"message\":\"Forbidden\"}", "server: nginx")));

        assertThat(Verdict.of(log, Rules.evaluate(log)).description()).startsWith(
                "Works, on polling only: the server itself refuses WebSocket (403). Check the server's rules for opening a WebSocket.");
    }

    @Test
    void everyProblemHasAFix() {
        evidenceLeadsToCauseAndHealth().map(arguments -> (EvidenceLog) arguments.get()[2])
                .flatMap(log -> Rules.evaluate(log).stream())
                .filter(finding -> finding.severity().compareTo(Severity.IMPAIRED) >= 0)
                .forEach(finding -> {
                    assertThat(finding.fix()).as(finding.title()).isPresent();
                    assertThat(finding.evidence()).as(finding.title()).isNotEmpty();
                    assertThat(finding.meaning()).as(finding.title()).isNotBlank();
                });
    }

    @ParameterizedTest
    @CsvSource({"12, 0, at least 2 servers", "16, 0, 'at least 2 servers, by the share of failures about 3'",
            "2, 0, at least 2 servers", "23, 0, at least 2 servers", "24, 0, at least 2 servers",
            "16, 4, 'at least 4 servers, by the names in their session ids'"})
    void numberOfServersIsAtLeastWhatWasSeen(int lost, int named, String servers) {
        assertThat(AffinityRules.servers(new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 12, 24, lost, 0,
                Set.of(), 0, Optional.empty(), 0, named))).isEqualTo(servers);
    }

    @ParameterizedTest
    @CsvSource({"10000, 8000", "60000, 48000", "2000, 1000", "900, 700", "50, 0"})
    void suggestedPingIntervalIsFourFifthsOfCut(long cut, long survives) {
        assertThat(TimingRules.survives(Duration.ofMillis(cut)).toMillis()).isEqualTo(survives);
    }

    @Test
    void unansweredRequestsAreNoAffinity() {
        var findings = Rules.evaluate(healthyBut(unanswered(24, failed(ConnectionFailure.Kind.TIMEOUT))));

        assertThat(findings).extracting(Finding::cause).doesNotContain(Cause.AFFINITY_HOLDS);
        assertThat(findings.stream().flatMap(finding -> finding.evidence().stream()))
                .anyMatch(seen -> seen.contains("24 failed for other reasons"))
                .anyMatch(seen -> seen.startsWith("one of them: no response in time"));
    }

    @Test
    void noFindingContainsTheSid() {
        assertThat(Rules.evaluate(healthyBut()).toString()).doesNotContain(HANDSHAKE.sid());
        var old = answered(200, "96:0{\"sid\":\"" + HANDSHAKE.sid() + "\",\"upgrades\":[]}");
        assertThat(Rules.evaluate(handshake(old)).toString()).doesNotContain(HANDSHAKE.sid());
    }

    @Test
    void missingWebSocketUpgradeIsANote() {
        var none = new EngineHandshake("s", List.of(), S, S, OptionalLong.empty());
        var log = healthyBut(polling(4, answered(200, "0{}"), Optional.of(none)));

        assertThat(Verdict.of(log, Rules.evaluate(log)).description())
                .startsWith("Works, on polling: the server offers no WebSocket.");
        assertThat(Verdict.of(log, Rules.evaluate(log)).health()).isEqualTo(Health.HEALTHY);
    }

    private static EvidenceLog unreachable(ConnectionFailure.Kind kind) {
        return log(new Evidence.Reach("host", 443, List.of(), MS, MS, Optional.empty(),
                Optional.of(new ConnectionFailure(kind, "")), Optional.empty()));
    }

    private static Evidence tls(boolean http1, Optional<Boolean> webSocket) {
        return new Evidence.Reach("host", 443, List.of("192.0.2.1"), MS, MS,
                Optional.of(new Evidence.Tls("TLSv1.3", "h2", http1, webSocket, MS)), Optional.empty(),
                Optional.empty());
    }

    private static EvidenceLog handshake(Outcome outcome) {
        return log(SampleEvidence.reach("host"), polling(4, outcome, Optional.empty()),
                polling(3, outcome, Optional.empty()));
    }

    private static Evidence unanswered(int failed, Outcome one) {
        return new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 12, 24, 0, failed, Set.of(), 0,
                Optional.of(one), 0, 0);
    }

    private static Evidence connect(Evidence.ConnectReply reply) {
        return new Evidence.Connect("/", reply, S.multipliedBy(8));
    }

    private static Evidence upgrade(Evidence.Stage stage, Outcome outcome) {
        return new Evidence.Upgrade(stage, outcome, MS, MS, MS, false, false);
    }

    private static EvidenceLog cors(boolean asked, CorsHeaders ok, CorsHeaders error) {
        return healthyBut(new Evidence.Cors("https://a.example", asked, false, ok, Optional.of(error), ok,
                204, 200, Set.of()));
    }

    private static CorsHeaders grant(String origin, boolean credentials) {
        return new CorsHeaders(origin, credentials, "GET,POST", "", 1);
    }

    private static Evidence cut(Duration late) {
        var whole = (Evidence.AudioTimings) cadence("polling", 20, 0);
        return new Evidence.AudioTimings("polling", whole.method(), 312, whole.roundTrips().subList(0, 40),
                List.of(), late, Optional.of("HTTP 504"));
    }
}
