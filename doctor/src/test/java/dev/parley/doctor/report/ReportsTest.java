package dev.parley.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
    private static final Duration S = Duration.ofSeconds(1);

    @Test
    void htmlReportStandsAloneAndEscapesText() {
        String page = HtmlReport.write(report(
                new Evidence.Connect("/", new Evidence.ConnectReply.Refused("<script>alert(1)</script>"), S),
                cadence()));

        assertThat(page).startsWith("<!doctype html>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("<link");
        assertThat(page.split("<circle", -1)).hasSize(3);
    }

    @Test
    void widePlotScrollsByKeyboardAndShowsHint() {
        String page = HtmlReport.write(report(cadence()));

        assertThat(page.split("<div class=\"plot\" tabindex=\"0\" role=\"region\" aria-label=\"", -1))
                .hasSize(3);
        assertThat(page).contains("aria-label=\"When each probe ran\"")
                .contains("Wider than the screen: scroll sideways")
                .contains(":focus-visible");
    }

    @Test
    void onlyChangesBetweenReportsAreListed() {
        var before = report(new Evidence.Connect("/", new Evidence.ConnectReply.Accepted(), S));
        var after = report(
                new Evidence.Connect("/", new Evidence.ConnectReply.Unanswered(), S.multipliedBy(8)));

        assertThat(Changes.between(before, before)).isEmpty();
        assertThat(Changes.between(before, after)).hasSize(2)
                .anyMatch(line -> line.startsWith("healthy -> broken: "))
                .anyMatch(line -> line.startsWith("new: The namespace / does not answer"));
        assertThat(Changes.between(after, before))
                .anyMatch(line -> line.equals("gone: The namespace / does not answer"));
    }

    @Test
    void checklistPointsNeedEvidence() {
        var log = report(new Evidence.HealthCheck("/health", answered(200)),
                new Evidence.Reconnected(Optional.of(S), "", false), new Evidence.Users(6, 5, S, false),
                cadence());

        assertThat(Checklist.of(log.result().log(), log.findings())
                .stream()
                .filter(Checklist.Item::done)
                .map(Checklist.Item::title))
                .containsExactly("Health answers", "Audio end to end", "Reconnection after a cut");
        assertThat(new TextReport(false, 100, true).write(Checklist.of(log.result().log(), log.findings())))
                .contains("  [x] Health answers: /health: HTTP 200")
                .contains("  [ ] Several users at once: 5 of 6 served")
                .endsWith("3 of 7 points are met.\n");
    }

    @Test
    void coloursAreWrittenForTerminalsOnly() {
        assertThat(new TextReport(false, 100, true).write(report(cadence()))).doesNotContain("\u001b");
        assertThat(new TextReport(true, 100, true).write(report(cadence()))).contains("\u001b[32m");
    }

    @ParameterizedTest
    @CsvSource({"0.2, 1", "1, 1", "1.2, 2", "3, 5", "7, 10", "340, 500"})
    void axisEndsAtRoundNumber(double most, double end) {
        assertThat(Plots.nice(most)).isEqualTo(end);
    }

    private static Evidence cadence() {
        return new Evidence.AudioTimings("polling", Evidence.EchoMethod.ECHO, 2,
                List.of(new Evidence.RoundTrip(0, 3), new Evidence.RoundTrip(32, 4)), List.of(),
                Duration.ZERO, Optional.empty());
    }

    private static Outcome answered(int status) {
        return new Outcome.Responded(new Response(status, HttpHeaders.NONE, new byte[0], S, S));
    }

    private static Report report(Evidence... evidence) {
        var log = new EvidenceLog("http://host/socket.io/", List.of(evidence));
        var result = new ExaminationResult(log.url(), Instant.EPOCH, S, false, log,
                List.of(new ExaminationResult.Step("a", Duration.ZERO, S)), 1, 2);
        return Report.of(result, Redactor.of(new Target(new ServerAddress("host", 80, false), "/socket.io/",
                "/", List.of(), Map.of(), Optional.empty(), Optional.empty())));
    }
}
