package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.parley.doctor.Examination;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Rules;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.session.Plan;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An examination ends within the total time of its plan. The plans allow an hour for one response, so that only the total time ends the
 * examination.
 */
@Tag("real-time")
class BudgetIT {
    private static final Duration BUDGET = Duration.ofMillis(700);
    private static final Duration AN_HOUR = Duration.ofHours(1);
    /** Far above the total time, for a busy machine; far below an hour. */
    private static final Duration CERTAINLY_OVER = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"SILENT,http", "SILENT,https", "TRICKLING,http", "TRICKLING_TLS,https",
            "HANDSHAKES_ONLY,http"})
    void examinationEndsWhenItsTimeIsUp(StallingServer.Way way, String scheme) {
        try (var server = new StallingServer(way)) {
            for (boolean quick : List.of(true, false)) {
                var result = assertTimeoutPreemptively(CERTAINLY_OVER,
                        () -> examine(server.port(), scheme.equals("https"), quick));

                assertThat(Rules.evaluate(result.log())).as("who does not answer in time is not healthy")
                        .anyMatch(finding -> finding.severity().compareTo(Severity.UNKNOWN) >= 0);
            }
        }
    }

    @Test
    void unansweredSessionsAreNotReportedAsHealthy() {
        try (var server = new StallingServer(StallingServer.Way.HANDSHAKES_ONLY)) {
            var report = Examinations.examine(
                    Examinations.target("http://127.0.0.1:" + server.port(), "/socket.io/", Optional.empty()),
                    Plan.brief());

            assertThat(report.verdict().health()).as(Examinations.text(report)).isNotEqualTo(Health.HEALTHY);
            assertThat(report.findings()).extracting(Finding::cause).doesNotContain(Cause.AFFINITY_HOLDS);
        }
    }

    @Test
    void lateRequestsAreNoFault() {
        try (var server = new StallingServer(StallingServer.Way.HANDSHAKES_ONLY)) {
            var report = Examinations.examine(
                    Examinations.target("http://127.0.0.1:" + server.port(), "/socket.io/", Optional.empty()),
                    new Plan(true, Duration.ofSeconds(6), AN_HOUR, 4, 4, Duration.ZERO, Duration.ZERO, 0,
                            Optional.empty()));

            assertThat(report.verdict().health()).as(Examinations.text(report)).isEqualTo(Health.UNKNOWN);
            assertThat(report.findings()).extracting(Finding::cause).doesNotContain(Cause.SESSION_UNANSWERED);
        }
    }

    @Test
    void silentTlsPortIsNotReportedAsFirewall() {
        try (var server = new StallingServer(StallingServer.Way.SILENT)) {
            var target = new Target(new ServerAddress("127.0.0.1", server.port(), true), "/socket.io/", "/",
                    List.of(), Map.of(), Optional.empty(), Optional.empty());
            var report = Examinations.examine(target, Plan.brief());

            Examinations.assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
            assertThat(report.verdict().description()).contains("TLS")
                    .contains("http://")
                    .doesNotContain("firewall");
        }
    }

    @Test
    void tinyPayloadLimitSkipsTheSizesOnly() {
        try (var server = TestServer.start(TestServer.options().maxHttpBufferSize(30).build())) {
            var report = Examinations.examine(server.url());

            assertThat(report.findings()).as(Examinations.text(report))
                    .anyMatch(finding -> finding.title().equals("Not examined: sizes of bodies"));
        }
    }

    @Test
    void probesWithoutTimeAreReportedAsSkipped() {
        try (var server = new StallingServer(StallingServer.Way.HANDSHAKES_ONLY)) {
            var result = assertTimeoutPreemptively(CERTAINLY_OVER,
                    () -> examine(server.port(), false, false));

            assertThat(result.log().all(Evidence.Unfinished.class))
                    .anyMatch(unfinished -> unfinished.hindrance() == Evidence.Hindrance.OUT_OF_TIME);
        }
    }

    @Test
    void silenceProvesNothingOnABusyMachine() {
        try (var server = new StallingServer(StallingServer.Way.HANDSHAKES_ONLY)) {
            var plan = new Plan(true, Duration.ofSeconds(8), Duration.ofMillis(300), 2, 2, Duration.ZERO,
                    Duration.ZERO, 0, Optional.empty());
            var target = Examinations.target("http://127.0.0.1:" + server.port(), "/socket.io/",
                    Optional.empty());

            var idle = Examinations.examine(target, plan);
            assertThat(idle.verdict().health()).as(Examinations.text(idle)).isEqualTo(Health.BROKEN);
            var busy = Examinations.examine(target, plan, Examinations.BUSY);
            assertThat(busy.verdict().health()).as(Examinations.text(busy)).isEqualTo(Health.UNKNOWN);
            assertThat(busy.verdict().description()).contains("this machine was too busy");
        }
    }

    @Test
    void quickExaminationLeavesNoOpenSession() {
        try (var server = TestServer.start()) {
            Examinations.assertHealthy(Examinations.examine(
                    Examinations.target(server.url(), "/socket.io/", Optional.empty()), Examinations.QUICK));

            // Long before a session that nobody ended would time out.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(server.sessions()).isZero());
        }
    }

    /** The rest of the promised time is for starting the program and closing connections. */
    @Test
    void plansStayWithinTheTimesOfTheHelp() {
        assertThat(Plan.brief().total()).isLessThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(Plan.brief().firstPingTimeout()).isZero();
        assertThat(Plan.full(Duration.ofSeconds(60)).total()).isLessThanOrEqualTo(Duration.ofSeconds(57));
    }

    @ParameterizedTest
    @CsvSource({"0, 3900", "300, 3600", "900, 3000", "2000, 1900", "60000, 1500"})
    void quickPlanCountsFromProgramStart(long age, long total) {
        assertThat(Plan.brief().shortenedBy(Duration.ofMillis(age)).total())
                .isEqualTo(Duration.ofMillis(total));
        var whole = Plan.full(Duration.ofSeconds(60));
        assertThat(whole.shortenedBy(Duration.ofMillis(age))).isEqualTo(whole);
    }

    private static ExaminationResult examine(int port, boolean tls, boolean quick)
            throws InterruptedException {
        var plan = new Plan(quick, BUDGET, AN_HOUR, 12, 4, AN_HOUR, Duration.ZERO, 2 * 1024 * 1024,
                Optional.of("/health"));
        var target = new Target(new ServerAddress("127.0.0.1", port, tls), "/socket.io/", "/", List.of(),
                Map.of(), Optional.empty(), Optional.empty());
        return new Examination(plan, Clock.systemUTC(), new Examination.ProgressListener() {
            @Override
            public void started(String title) {}

            @Override
            public void waiting(String title, Duration atMost) {}
        }, Examinations.IDLE).examine(target);
    }
}
