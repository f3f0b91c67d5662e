package dev.parley.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseChecksTest {

    private static final Promise KEPT = Promise.NOTHING_HAPPENS;

    private final RunRecord runRecord = new RunRecord();
    private final AllowedLosses allowedLosses = new AllowedLosses();

    /** Two clients at two servers, of which the first sends two messages to both. */
    private void run(String... clientLines) {
        server("na", "J 0 10", "J 1 11", "H 0 1", "S r0 1 100", "S r0 2 9000");
        client("C 0 0 10", "C 1 0 11", "A 0 1", "R 0 r0 na 1", "R 0 r0 na 2");
        client(clientLines);
    }

    @Test
    void aRunWithoutLossKeepsItsPromises() {
        run("R 1 r0 na 1", "R 1 r0 na 2");
        var verdict = check(KEPT);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.acknowledged()).isEqualTo(1);
        assertThat(verdict.handled()).isEqualTo(1);
        assertThat(verdict.delivered()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"R 1 r0 na 1 | lost",
            "R 1 r0 na 2;R 1 r0 na 1 | received twice or out of order",
            "R 1 r0 na 1;R 1 r0 na 2;R 1 r0 na 2 | received twice or out of order",
            "R 1 r0 na 1;R 1 r0 na 2;A 0 2 | acknowledged and not handled",
            "R 1 r0 na 1;R 1 r0 na 2;E 0 2 | not acknowledged, although the client stayed connected",
            "R 1 r0 na 1;R 1 r0 na 2;D 0 200 transport close | did not come back",
            "R 1 r0 na 1;R 1 r0 na 2;D 0 200 x;C 0 1 300 | lost its connection",
            "R 1 r0 na 1;R 1 r0 na 2;R 1 r0 na 3 | received what was never sent"})
    void eachFaultBreaksAPromise(String lines, String fault) {
        run(lines.split(";"));
        assertThat(check(KEPT).faults()).anyMatch(each -> each.startsWith(fault));
    }

    @Test
    void anEventHandledTwiceBreaksThePromise() {
        run("R 1 r0 na 1", "R 1 r0 na 2");
        server("nb", "H 0 1");
        assertThat(check(KEPT).faults()).singleElement()
                .asString()
                .startsWith("handled twice or out of order");
    }

    @Test
    void errorsOfTheLoadBalancerCountOnlyWherePromised() {
        run("R 1 r0 na 1", "R 1 r0 na 2");
        assertThat(new PromiseChecks(runRecord, channel -> List.of(0, 1), KEPT, allowedLosses)
                .check(Map.of(502, 3))
                .faults()).singleElement().asString().contains("502=3");
        assertThat(new PromiseChecks(runRecord, channel -> List.of(0, 1), Promise.RECOVERED, allowedLosses)
                .check(Map.of(502, 3))
                .faults()).isEmpty();
    }

    @Test
    void theLastMessagesOfAKilledServerAreExcused() {
        allowedLosses.killed("na", 9_500);
        run("R 1 r0 na 1");
        var verdict = check(KEPT);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.excused()).isEqualTo(1);
        assertThat(verdict.lost()).isZero();
    }

    @Test
    void earlierMessagesOfAKilledServerAreNotExcused() {
        allowedLosses.killed("na", 20_000);
        run("R 1 r0 na 1");
        assertThat(check(KEPT).lost()).isEqualTo(1);
    }

    @Test
    void serverWithoutRedisMayLoseMessagesForOthersOnly() {
        allowedLosses.away("na", 8_000, 10_000, false);
        run("R 1 r0 na 1");
        // Client 1 is at the same server, and must receive all.
        assertThat(check(KEPT).lost()).isEqualTo(1);
        server("nb", "J 1 500");
        assertThat(check(KEPT).faults()).isEmpty();
    }

    @Test
    void deafServerMayLoseMessagesWithPubSub() {
        allowedLosses.away("nb", 8_000, 10_000, true);
        run("R 1 r0 na 1");
        server("nb", "J 1 500");
        assertThat(check(KEPT).faults()).isEmpty();
    }

    @Test
    void cutOffServerMayLoseMessagesForClientsThatLeave() {
        allowedLosses.away("nb", 8_000, 40_000, false);
        run("R 1 r0 na 1");
        server("nb", "J 1 500");
        assertThat(check(Promise.REFERENCE).lost()).isEqualTo(1);
        client("D 1 33000 transport close", "C 1 0 34000");
        assertThat(check(Promise.REFERENCE).faults()).isEmpty();
    }

    @Test
    void whoWasAwayMissesMessagesUnlessRecovered() {
        run("R 1 r0 na 1", "D 1 8500 transport close", "C 1 0 9500");
        assertThat(check(Promise.REFERENCE).faults()).isEmpty();
        assertThat(check(Promise.RECOVERED).faults()).anyMatch(each -> each.startsWith("lost"))
                .anyMatch(each -> each.startsWith("came back and was not recovered"));
    }

    @Test
    void aRecordIsCompleteOnceAllHaveReceivedAll() {
        run("R 1 r0 na 1");
        assertThat(runRecord.complete(channel -> List.of(0, 1))).isFalse();
        client("R 1 r0 na 2");
        assertThat(runRecord.complete(channel -> List.of(0, 1))).isTrue();
    }

    @Test
    void aRunInWhichNothingHappenedShowsNothing() {
        assertThat(check(KEPT).faults()).singleElement().asString().startsWith("nothing was delivered");
    }

    private PromiseChecks.Verdict check(Promise promise) {
        return new PromiseChecks(runRecord, channel -> List.of(0, 1), promise, allowedLosses).check(Map.of());
    }

    private void server(String node, String... lines) {
        for (String line : lines) {
            runRecord.server(node, line);
        }
    }

    private void client(String... lines) {
        for (String line : lines) {
            runRecord.client(line);
        }
    }
}
