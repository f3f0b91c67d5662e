package dev.parley.doctor.rule;

import static dev.parley.doctor.rule.SampleEvidence.HANDSHAKE;
import static dev.parley.doctor.rule.SampleEvidence.MS;
import static dev.parley.doctor.rule.SampleEvidence.affinity;
import static dev.parley.doctor.rule.SampleEvidence.answered;
import static dev.parley.doctor.rule.SampleEvidence.healthyBut;
import static dev.parley.doctor.rule.SampleEvidence.polling;
import static dev.parley.doctor.rule.SampleEvidence.webSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.CorsHeaders;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.evidence.WebSocketStart;
import dev.parley.protocol.engine.EngineHandshake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Evidence of limits, caches, other servers and browsers, and the cause and health that the rules conclude. */
class FurtherRulesTest {
    private static final Duration S = Duration.ofSeconds(1);
    private static final CorsHeaders NONE = new CorsHeaders("", false, "", "", 1);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void evidenceLeadsToCauseAndHealth(Cause cause, Health health, EvidenceLog log) {
        var findings = Rules.evaluate(log);

        assertThat(findings.stream().filter(Finding::isTrouble).map(Finding::cause)).containsExactly(cause);
        assertThat(Verdict.of(log, findings).health()).isEqualTo(health);
        assertThat(findings.stream().filter(Finding::isTrouble))
                .allMatch(finding -> finding.remedy().isPresent() && !finding.evidence().isEmpty());
    }

    static Stream<Arguments> evidenceLeadsToCauseAndHealth() {
        return Stream.of(arguments(Cause.ADDRESSES_DIFFER, Health.IMPAIRED, healthyBut(families(false))),
                arguments(Cause.ADDRESSES_DIFFER, Health.HEALTHY, healthyBut(families(true))),
                arguments(Cause.URL_READ, Health.HEALTHY, healthyBut(new Evidence.Reading("a", "b", true))),
                arguments(Cause.CACHED, Health.BROKEN, healthyBut(repeated())),
                arguments(Cause.SERVERLESS, Health.BROKEN,
                        healthyBut(
                                polling(4, answered(200, "0{}", "x-vercel-id: fra1"), Optional.of(HANDSHAKE)),
                                affinity(ClientMode.NEW_CONNECTIONS, 16), affinity(ClientMode.COOKIES, 16))),
                arguments(Cause.PING_INTERVAL_LONG, Health.HEALTHY,
                        healthyBut(polling(4, answered(200, "0{}"),
                                Optional.of(new EngineHandshake("s", List.of("websocket"), S.multipliedBy(60),
                                        S, OptionalLong.empty()))))),
                arguments(Cause.SOME_REQUESTS_FAIL, Health.IMPAIRED,
                        healthyBut(new Evidence.Polling(4, "/socket.io/", answered(200, "0{}"),
                                Optional.of(HANDSHAKE), List.of(), List.of(answered(502, ""))))),
                arguments(Cause.RATE_LIMITED, Health.IMPAIRED, healthyBut(held(20))),
                arguments(Cause.RATE_LIMITED, Health.HEALTHY, healthyBut(held(60))),
                arguments(Cause.RATE_LIMITED, Health.IMPAIRED,
                        healthyBut(unanswered(4, answered(503, "")), new Evidence.OneAtATime(3, 0))),
                arguments(Cause.SOME_REQUESTS_FAIL, Health.IMPAIRED,
                        healthyBut(unanswered(4, answered(503, "")), new Evidence.OneAtATime(3, 1))),
                arguments(Cause.RATE_LIMITED, Health.IMPAIRED,
                        healthyBut(unanswered(8, answered(503, "")), new Evidence.OneAtATime(3, 2),
                                new Evidence.OneAtATime(3, 0))),
                arguments(Cause.SOME_REQUESTS_FAIL, Health.IMPAIRED,
                        healthyBut(unanswered(2, answered(503, "")), new Evidence.OneAtATime(3, 2),
                                new Evidence.OneAtATime(3, 0))),
                arguments(Cause.SOME_REQUESTS_FAIL, Health.IMPAIRED,
                        healthyBut(unanswered(20, answered(502, "")), new Evidence.OneAtATime(3, 0))),
                arguments(Cause.CREDENTIALS_WANTED, Health.IMPAIRED,
                        healthyBut(connect(new Evidence.ConnectReply.Refused("invalid token")))),
                arguments(Cause.CORS_DOUBLED, Health.BROKEN,
                        cors(true, grant("https://a.example, *", false), NONE)),
                arguments(Cause.CORS_DOUBLED, Health.IMPAIRED, cors(false, grant("*, *", false), NONE)),
                arguments(Cause.WEBSOCKET_CLOSED, Health.IMPAIRED,
                        healthyBut(webSocket(answered(101, ""), new WebSocketStart.Closed(false, 1002, "")))),
                arguments(Cause.WEBSOCKET_CLOSED, Health.IMPAIRED,
                        healthyBut(webSocket(answered(101, ""),
                                new WebSocketStart.Failed(true,
                                        new ConnectionFailure(ConnectionFailure.Kind.CLOSED, ""))))),
                arguments(Cause.WEBSOCKET_OTHER_SERVER, Health.IMPAIRED,
                        healthyBut(webSocket(answered(101, ""), new WebSocketStart.Other("hello")))),
                arguments(Cause.WEBSOCKET_SILENT, Health.IMPAIRED,
                        healthyBut(webSocket(answered(101, ""), new WebSocketStart.Unanswered()))));
    }

    @ParameterizedTest
    @CsvSource({"https://page.example, http://api.example/, MIXED_CONTENT",
            "https://page.example, http://localhost:3000/, ", "http://page.example, http://api.example/, ",
            "http://page.example, http://192.168.1.7/, PRIVATE_NETWORK",
            "http://10.0.0.1, http://192.168.1.7/, ", "http://localhost:5173, http://10.1.2.3/, "})
    void whatOnlyABrowserSeesIsPossibleAtMost(String page, String server, @Nullable Cause cause) {
        var mine = grant(page, false);
        var findings = BrowserRules.evaluate(new EvidenceLog(server, List.of(
                new Evidence.Cors(page, true, false, mine, Optional.of(mine), mine, 204, 200, Set.of()))));

        assertThat(findings).extracting(Finding::cause).isEqualTo(cause == null ? List.of() : List.of(cause));
        assertThat(findings).allMatch(finding -> finding.confidence() == Confidence.POSSIBLE);
    }

    @Test
    void slowServerIsToldFromASlowNetwork() {
        var slow = polling(4, late(S.multipliedBy(2)), Optional.of(HANDSHAKE));
        var alsoSlow = polling(3, late(S.multipliedBy(2)), Optional.of(HANDSHAKE));
        var far = new Evidence.Reach("host", 443, List.of("192.0.2.1"), MS, S.multipliedBy(2),
                Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(Rules.evaluate(healthyBut(slow, alsoSlow))).extracting(Finding::cause)
                .contains(Cause.SLOW_ANSWERS);
        assertThat(Rules.evaluate(healthyBut(far, slow, alsoSlow))).extracting(Finding::cause)
                .doesNotContain(Cause.SLOW_ANSWERS);
    }

    private static Outcome late(Duration firstByte) {
        return new Outcome.Responded(new Response(200, HttpHeaders.NONE, new byte[0], firstByte, firstByte));
    }

    private static Evidence unanswered(int failed, Outcome one) {
        return new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 12, 24, 0, failed, Set.of(), 0,
                Optional.of(one), 0, 0);
    }

    private static Evidence connect(Evidence.ConnectReply reply) {
        return new Evidence.Connect("/", reply, MS);
    }

    private static EvidenceLog cors(boolean asked, CorsHeaders ok, CorsHeaders error) {
        return healthyBut(new Evidence.Cors("https://a.example", asked, false, ok, Optional.of(error), ok,
                204, 200, Set.of()));
    }

    private static CorsHeaders grant(String origin, boolean credentials) {
        return new CorsHeaders(origin, credentials, "GET,POST", "", 1);
    }

    private static Evidence families(boolean loopback) {
        return new Evidence.Families("192.0.2.1", "2001:db8::1",
                new ConnectionFailure(ConnectionFailure.Kind.REFUSED, ""), loopback);
    }

    private static Evidence held(int requests) {
        return new Evidence.Held(requests, answered(429, "", "Retry-After: 7").response().orElseThrow());
    }

    private static Evidence repeated() {
        return new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 4, 8, 6, 0, Set.of(), 0, Optional.empty(), 3,
                0);
    }
}
