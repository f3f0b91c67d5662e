package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.parley.doctor.Examination;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Result;
import dev.parley.doctor.probe.Plan;
import dev.parley.doctor.probe.Target;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Rules;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.wire.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An examination ends when its plan's time is up, whatever the server does. Single answers may take an hour by these plans, so that only the
 * budget of the whole can end them.
 */
class BudgetIT {
    private static final Duration BUDGET = Duration.ofMillis(700);
    private static final Duration AN_HOUR = Duration.ofHours(1);
    /** Far above the budget, for a busy machine; far below an hour. */
    private static final Duration CERTAINLY_OVER = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"SILENT,http", "SILENT,https", "TRICKLING,http", "TRICKLING_TLS,https",
            "HANDSHAKES_ONLY,http"})
    void endsWhenItsTimeIsUp(Stubborn.Way way, String scheme) {
        try (var server = new Stubborn(way)) {
            for (boolean quick : List.of(true, false)) {
                var result = assertTimeoutPreemptively(CERTAINLY_OVER,
                        () -> examine(server.port(), scheme.equals("https"), quick));

                var least = way == Stubborn.Way.HANDSHAKES_ONLY ? Severity.IMPAIRED : Severity.BROKEN;
                assertThat(Rules.judge(result.file())).as("who does not answer in time is not healthy")
                        .anyMatch(finding -> finding.severity().compareTo(least) >= 0);
            }
        }
    }

    @Test
    void aQuickLookAtSessionsThatAreNotAnsweredIsNoAllClear() {
        try (var server = new Stubborn(Stubborn.Way.HANDSHAKES_ONLY)) {
            var report = Doctor.examine(
                    Doctor.target("http://127.0.0.1:" + server.port(), "/socket.io/", Optional.empty()),
                    Plan.quickly());

            assertThat(report.verdict().health()).as(Doctor.text(report)).isNotEqualTo(Health.HEALTHY);
            assertThat(report.findings()).extracting(Finding::cause).doesNotContain(Cause.AFFINITY_HOLDS);
        }
    }

    @Test
    void whatTheEndOfTheLookCutOffIsNoFaultOfTheServer() {
        try (var server = new Stubborn(Stubborn.Way.HANDSHAKES_ONLY)) {
            var report = Doctor.examine(
                    Doctor.target("http://127.0.0.1:" + server.port(), "/socket.io/", Optional.empty()),
                    new Plan(true, Duration.ofSeconds(6), AN_HOUR, 4, 4, Duration.ZERO, Duration.ZERO, 0,
                            Optional.empty()));

            assertThat(report.verdict().health()).as(Doctor.text(report)).isEqualTo(Health.IMPAIRED);
            assertThat(report.findings()).extracting(Finding::cause).doesNotContain(Cause.SESSION_UNANSWERED);
        }
    }

    @Test
    void aPortThatIsSilentInTlsIsNotTakenForOneBehindAFirewall() {
        try (var server = new Stubborn(Stubborn.Way.SILENT)) {
            var target = new Target(new Endpoint("127.0.0.1", server.port(), true), "/socket.io/", "/",
                    List.of(), Map.of(), Optional.empty(), Optional.empty());
            var report = Doctor.examine(target, Plan.quickly());

            Doctor.assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
            assertThat(report.verdict().words()).contains("TLS")
                    .contains("http://")
                    .doesNotContain("firewall");
        }
    }

    @Test
    void aLimitThatIsTooSmallForAnyMessageEndsNothing() {
        try (var server = Backend.start(Backend.options().maxHttpBufferSize(30).build())) {
            var report = Doctor.examine(server.url());

            assertThat(report.findings()).as(Doctor.text(report))
                    .anyMatch(finding -> finding.title().equals("Not examined: sizes of bodies"));
        }
    }

    @Test
    void whatThereWasNoTimeForIsSaid() {
        try (var server = new Stubborn(Stubborn.Way.HANDSHAKES_ONLY)) {
            var result = assertTimeoutPreemptively(CERTAINLY_OVER,
                    () -> examine(server.port(), false, false));

            assertThat(result.file().all(Evidence.Skipped.class))
                    .anyMatch(skipped -> skipped.toString().contains("there was no time left for it"));
        }
    }

    @Test
    void aLookLeavesNoSessionBehind() {
        try (var server = Backend.start()) {
            Doctor.assertHealthy(Doctor.examine(Doctor.target(server.url(), "/socket.io/", Optional.empty()),
                    Doctor.QUICK));

            // Long before a session that nobody ended would time out.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(server.sessions()).isZero());
        }
    }

    /** A second, or three, are for the start of the program and for closing what was opened. */
    @Test
    void thePlansKeepWhatTheHelpPromises() {
        assertThat(Plan.quickly().total()).isLessThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(Plan.quickly().patience()).isZero();
        assertThat(Plan.fully(Duration.ofSeconds(60)).total()).isLessThanOrEqualTo(Duration.ofSeconds(57));
    }

    @ParameterizedTest
    @CsvSource({"0, 3900", "300, 3600", "900, 3000", "2000, 1900", "60000, 1500"})
    void aQuickLookCountsFromTheStartOfTheProgram(long age, long total) {
        assertThat(Plan.quickly().startedBefore(Duration.ofMillis(age)).total())
                .isEqualTo(Duration.ofMillis(total));
        var whole = Plan.fully(Duration.ofSeconds(60));
        assertThat(whole.startedBefore(Duration.ofMillis(age))).isEqualTo(whole);
    }

    private static Result examine(int port, boolean tls, boolean quick) throws InterruptedException {
        var plan = new Plan(quick, BUDGET, AN_HOUR, 12, 4, AN_HOUR, Duration.ZERO, 2 * 1024 * 1024,
                Optional.of("/health"));
        var target = new Target(new Endpoint("127.0.0.1", port, tls), "/socket.io/", "/", List.of(), Map.of(),
                Optional.empty(), Optional.empty());
        return new Examination(plan, Clock.systemUTC(), new Examination.Watcher() {
            @Override
            public void begins(String title) {}

            @Override
            public void waits(String title, Duration atMost) {}
        }).examine(target);
    }
}
