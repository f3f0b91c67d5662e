package dev.parley.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.software.Platform;
import dev.parley.doctor.software.Remedies;
import dev.parley.doctor.wire.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One redaction and one order for all forms of a report. */
class MarkdownReportTest {
    private static final Duration S = Duration.ofSeconds(1);
    private static final String PATH_TOKEN = "p4th-t0ken-of-the-tenant-1";
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

    private static Report report() {
        String echoed = "<b>no</b> qu3ry-t0ken h34der-t0ken c00kie-value pass:w0rd4 4uth-t0ken " + PATH_TOKEN
                + " " + JWT + " \u001b[31m";
        var refused = new Outcome.Responded(new Response(502,
                new HttpHeaders(List.of(new HttpHeaders.Header("server", "nginx qu3ry-t0ken"))),
                echoed.getBytes(StandardCharsets.UTF_8), S, S));
        var target = new Target(new ServerAddress("host", 80, false), "/" + PATH_TOKEN + "/", "/",
                List.of("token=qu3ry-t0ken"),
                Map.of("X-Key", "h34der-t0ken", "Cookie", "a=c00kie-value", "Authorization",
                        "Basic dXNlcjpwYXNzOncwcmQ0"),
                Optional.empty(), Optional.of("{\"token\":\"4uth-t0ken\"}"));
        var log = new EvidenceLog(target.url(), List.of(new Evidence.Polling(4, target.path(), refused,
                Optional.empty(), List.of(), List.of(refused))));
        return Report.of(new ExaminationResult(target.url(), Instant.EPOCH, S, true, log,
                List.of(new ExaminationResult.Step("a", S, S)), 1, 2), Redactor.of(target));
    }

    static Stream<String> forms() {
        var report = report();
        return Stream.of(MarkdownReport.write(report), HtmlReport.write(report),
                JsonReport.write(report, true), JsonReport.writeLine(report, true),
                new TextReport(false, 100, true).write(report));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void noFormContainsASecret(String form) {
        assertThat(form).contains("(hidden)")
                .doesNotContain("qu3ry-t0ken")
                .doesNotContain("h34der-t0ken")
                .doesNotContain("c00kie-value")
                .doesNotContain("w0rd4")
                .doesNotContain("4uth-t0ken")
                .doesNotContain(PATH_TOKEN)
                .doesNotContain("eyJ")
                .doesNotContain("\u001b");
    }

    @Test
    void markdownHoldsVerdictEvidenceAndRemedy() {
        assertThat(MarkdownReport.write(report())).startsWith("# http://host/(hidden)/: broken\n")
                .contains(
                        "\n## broken: The proxy responds, but the server behind it does not (`origin_down`)\n")
                .contains("\n    HTTP 502")
                .contains("\n    GET …/socket.io/?EIO=4&transport=polling 502 (Bad Gateway)\n")
                .contains("To do: Check that the server runs")
                .doesNotContain("\n<b>");
    }

    @Test
    void linesToPasteAreNeverWrapped() {
        var remedy = Remedies.webSocket(Platform.VARNISH);
        var finding = new Finding(Cause.WEBSOCKET_REFUSED, Severity.IMPAIRED, Confidence.LIKELY, "t",
                List.of("e"), "m", Optional.of(remedy));
        var one = report();
        var report = new Report(one.result(), List.of(), List.of(finding), one.verdict(), List.of(),
                List.of());

        for (String line : remedy.lines()) {
            assertThat(new TextReport(false, 40, false).write(report)).contains("\n    " + line + "\n");
        }
    }

    @Test
    void faultsComeFirstAndOtherEvidenceOnRequest() {
        var log = new EvidenceLog("http://host/",
                List.of(new Evidence.Connect("/", new Evidence.ConnectReply.Accepted(), S),
                        new Evidence.Push(S.dividedBy(100), S, 5)));
        var report = Report.of(
                new ExaminationResult("http://host/", Instant.EPOCH, S, false, log, List.of(), 1, 2),
                Redactor.of(new Target(new ServerAddress("host", 80, false), "/", "/", List.of(), Map.of(),
                        Optional.empty(), Optional.empty())));
        String brief = new TextReport(false, 100, false).write(report);

        assertThat(brief.indexOf("arrive late")).isPositive()
                .isLessThan(brief.indexOf("accepts connections"));
        assertThat(brief).doesNotContain("\n           after 1.0 s\n");
        assertThat(new TextReport(false, 100, true).write(report)).contains("\n           after 1.0 s\n");
    }
}
