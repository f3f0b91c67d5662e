package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.session.Plan;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings about the model of a Parley server, and none about other servers. */
@Tag("real-time")
class ModelIT {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ready|false|200|HEALTHY|model_ready",
            "loading|false|503|IMPAIRED|model_loading", "failed|false|503|BROKEN|model_failed",
            "ready|true|503|IMPAIRED|draining"})
    void modelStateIsReported(String model, boolean draining, int status, Health health, String cause) {
        var report = examine(status,
                "{\"status\":\"" + (draining ? "draining" : model) + "\",\"model\":\"" + model
                        + "\",\"draining\":" + draining
                        + ",\"activeSessions\":2,\"socketConnections\":3,\"message\":\"why it is so\"}");

        assertThat(report.verdict().health()).as(Examinations.text(report)).isEqualTo(health);
        var finding = report.findings()
                .stream()
                .filter(one -> one.cause().code().equals(cause))
                .findFirst()
                .orElseThrow(() -> new AssertionError(Examinations.text(report)));
        assertThat(String.join(" ", finding.evidence())).contains("/health/ready: HTTP " + status)
                .contains("model " + model)
                .contains("why it is so");
        assertThat(finding.fix().isPresent()).isEqualTo(health != Health.HEALTHY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"status\":\"ok\"}", "{\"model\":\"ready\"}", "[1]", "<html>",
            "{\"model\":\"x\",\"draining\":true,\"activeSessions\":0,\"socketConnections\":0}"})
    void responsesOfOtherServersProduceNoFinding(String body) {
        var report = examine(200, body);

        Examinations.assertHealthy(report);
        assertThat(report.findings()).extracting(Finding::title).noneMatch(title -> title.contains("model"));
        assertThat(report.findings().toString()).doesNotContain("/health/ready");
    }

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 0"})
    void audioIsMeasuredOnParleyWithoutRequest(boolean parley, int transports) {
        String body = parley
                ? "{\"status\":\"ready\",\"model\":\"ready\",\"draining\":false,\"activeSessions\":0,\"socketConnections\":0}"
                : "{}";
        var plan = new Plan(false, Duration.ofSeconds(100), Duration.ofSeconds(10), 2, 2,
                Duration.ofSeconds(2), Duration.ZERO, 100_000, Optional.empty(), false);

        var report = examine(200, body, plan);

        assertThat(report.voices()).as(Examinations.text(report)).hasSize(transports);
    }

    private static Report examine(int status, String body) {
        return examine(status, body, Examinations.QUICK);
    }

    private static Report examine(int status, String body, Plan plan) {
        try (var server = TestServer.saying("/health/ready", status, body)) {
            return Examinations.examine(Examinations.target(server.url(), "/socket.io/", Optional.empty()),
                    plan);
        }
    }
}
