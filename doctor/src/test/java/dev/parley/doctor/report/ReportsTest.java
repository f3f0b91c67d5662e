package dev.parley.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Headers;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Result;
import dev.parley.doctor.probe.Target;
import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.wire.Endpoint;
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
    void thePageNeedsNothingElseAndMakesNoMarkupOfWhatAServerSays() {
        String page = HtmlReport.write(
                report(new Evidence.Connect("/", new Evidence.Reply.Refused("<script>alert(1)</script>"), S),
                        cadence()));

        assertThat(page).startsWith("<!doctype html>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("<link");
        assertThat(page.split("<circle", -1)).hasSize(3);
    }

    @Test
    void aWidePlotCanBeScrolledByKeyboardAndSaysSo() {
        String page = HtmlReport.write(report(cadence()));

        assertThat(page.split("<div class=\"plot\" tabindex=\"0\" role=\"region\" aria-label=\"", -1))
                .hasSize(3);
        assertThat(page).contains("aria-label=\"When each probe ran\"")
                .contains("Wider than the screen: scroll sideways")
                .contains(":focus-visible");
    }

    @Test
    void aChangeIsToldAndSamenessIsNot() {
        var before = report(new Evidence.Connect("/", new Evidence.Reply.Welcomed(), S));
        var after = report(new Evidence.Connect("/", new Evidence.Reply.Silent(), S));

        assertThat(Changes.between(before, before)).isEmpty();
        assertThat(Changes.between(before, after)).hasSize(2)
                .anyMatch(line -> line.startsWith("healthy -> broken: "))
                .anyMatch(line -> line.startsWith("new: The namespace / does not answer"));
        assertThat(Changes.between(after, before))
                .anyMatch(line -> line.equals("gone: The namespace / does not answer"));
    }

    @Test
    void aPointOfTheChecklistIsTickedOnlyByWhatWasSeen() {
        var file = report(new Evidence.HealthCheck("/health", answered(200)),
                new Evidence.Reconnected(Optional.of(S), ""), new Evidence.Users(6, 5, S), cadence());

        assertThat(Checklist.of(file.result().file(), file.findings())
                .stream()
                .filter(Checklist.Item::done)
                .map(Checklist.Item::title))
                .containsExactly("Health answers", "Audio end to end", "Reconnection after a cut");
        assertThat(new TextReport(false).write(Checklist.of(file.result().file(), file.findings())))
                .contains("  [x] Health answers: /health: HTTP 200")
                .contains("  [ ] Several users at once: 5 of 6 served")
                .endsWith("3 of 7 points are met.\n");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(new TextReport(false).write(report(cadence()))).doesNotContain("\u001b");
        assertThat(new TextReport(true).write(report(cadence()))).contains("\u001b[32m");
    }

    @ParameterizedTest
    @CsvSource({"0.2, 1", "1, 1", "1.2, 2", "3, 5", "7, 10", "340, 500"})
    void anAxisEndsAtARoundNumber(double most, double end) {
        assertThat(Plots.nice(most)).isEqualTo(end);
    }

    private static Evidence cadence() {
        return new Evidence.Cadence("polling", Evidence.Method.ECHO, 2,
                List.of(new Evidence.RoundTrip(0, 3), new Evidence.RoundTrip(32, 4)), List.of(),
                Duration.ZERO, Optional.empty());
    }

    private static Outcome answered(int status) {
        return new Outcome.Answered(new Answer(status, Headers.NONE, new byte[0], S, S));
    }

    private static Report report(Evidence... evidence) {
        var file = new CaseFile("http://host/socket.io/", List.of(evidence));
        var result = new Result(file.url(), Instant.EPOCH, S, false, file,
                List.of(new Result.Step("a", Duration.ZERO, S)), 1, 2);
        return Report.of(result, Redactor.of(new Target(new Endpoint("host", 80, false), "/socket.io/", "/",
                List.of(), Map.of(), Optional.empty(), Optional.empty())));
    }
}
