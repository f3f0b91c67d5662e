package dev.parley.doctor.rule;

import static dev.parley.doctor.rule.SampleEvidence.MS;
import static dev.parley.doctor.rule.SampleEvidence.affinity;
import static dev.parley.doctor.rule.SampleEvidence.answered;
import static dev.parley.doctor.rule.SampleEvidence.healthyBut;
import static dev.parley.doctor.rule.SampleEvidence.log;
import static dev.parley.doctor.rule.SampleEvidence.polling;
import static dev.parley.doctor.rule.SampleEvidence.reach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows from a fault is not a second fault. */
class ConsequencesTest {
    private static final Outcome UNKNOWN_SESSION = answered(400,
            "{\"code\":1,\"message\":\"Session ID unknown\"}");

    private static Evidence upgrade(Evidence.Stage stage, Outcome outcome) {
        return new Evidence.Upgrade(stage, outcome, MS, MS, MS, false, false);
    }

    private static List<Cause> causes(EvidenceLog log) {
        return Rules.evaluate(log).stream().filter(Finding::isTrouble).map(Finding::cause).toList();
    }

    @Test
    void upgradeOfACachedSessionIsNotRoutedElsewhere() {
        var cached = new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 12, 24, 0, 0, Set.of(), 0,
                Optional.empty(), 3, 0);

        assertThat(causes(healthyBut(cached, upgrade(Evidence.Stage.REFUSED, UNKNOWN_SESSION))))
                .contains(Cause.CACHED)
                .doesNotContain(Cause.UPGRADE_ELSEWHERE, Cause.UPGRADE_FAILS);
    }

    @Test
    void upgradeFailsWithASessionThatIsLost() {
        var lost = affinity(ClientMode.NEW_CONNECTIONS, 16);

        assertThat(causes(healthyBut(lost, affinity(ClientMode.COOKIES, 16),
                upgrade(Evidence.Stage.NO_TRAFFIC_AFTER, answered(101, ""))))).contains(Cause.NO_AFFINITY)
                .doesNotContain(Cause.UPGRADE_FAILS);
    }

    @Test
    void upgradeThatFailsAsOtherRequestsDoSaysNothing() {
        var some = new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 12, 24, 0, 8, Set.of(), 0,
                Optional.of(answered(503, "")), 0, 0);

        assertThat(causes(healthyBut(some, new Evidence.OneAtATime(3, 0),
                upgrade(Evidence.Stage.REFUSED, answered(503, ""))))).contains(Cause.RATE_LIMITED)
                .doesNotContain(Cause.UPGRADE_FAILS);
    }

    @Test
    void connectThatFailsAsSomeHandshakesDoSaysNothing() {
        var some = new Evidence.Polling(4, "/socket.io/", answered(200, "0{}"),
                Optional.of(SampleEvidence.HANDSHAKE), List.of(), List.of(answered(502, "")));
        var broken = new Evidence.Connect("/", new Evidence.ConnectReply.Broken(answered(502, "")), MS);

        assertThat(causes(healthyBut(some, broken))).contains(Cause.SOME_REQUESTS_FAIL)
                .doesNotContain(Cause.CONNECT_BROKEN);
    }

    @Test
    void redirectToAPathWithoutASlashIsTheFaultIfNothingIsServedThere() {
        var redirected = new Evidence.Redirected(
                List.of(new Evidence.Hop(308, 308, "https://host/socket.io")), false);
        var log = log(reach("host"), redirected, polling(4, answered(404, "Cannot GET"), Optional.empty()));

        assertThat(causes(log)).containsExactly(Cause.SLASH_REDIRECTED);
        assertThat(Rules.evaluate(log)).filteredOn(finding -> finding.cause() == Cause.SLASH_REDIRECTED)
                .allMatch(finding -> finding.severity() == Severity.BROKEN
                        && finding.confidence() == Confidence.LIKELY);
    }
}
