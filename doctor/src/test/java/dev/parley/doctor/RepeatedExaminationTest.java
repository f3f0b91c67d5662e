package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Verdict;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RepeatedExaminationTest {
    private final List<String> told = new ArrayList<>();
    private final List<WeakReference<Report>> seen = new ArrayList<>();
    private int pauses;

    @Test
    void eachReportIsPassedWithThePreviousOne() throws InterruptedException {
        var last = watch().from(look(), OptionalInt.of(4));

        assertThat(told).containsExactly("1 2", "2 3", "3 4");
        assertThat(pauses).isEqualTo(3);
        assertThat(name(last)).isEqualTo("4");
    }

    @Test
    void withoutLimitRunsUntilInterrupted() {
        var watch = new RepeatedExamination(this::look, () -> {
            if (++pauses == 1_000) {
                throw new InterruptedException();
            }
        }, (before, now) -> told.add(name(now)));

        assertThatThrownBy(() -> watch.from(look(), OptionalInt.empty()))
                .isInstanceOf(InterruptedException.class);
        assertThat(told).hasSize(999);
    }

    @Test
    void onlyTheLastReportIsKept() throws InterruptedException {
        var last = watch().from(look(), OptionalInt.of(100));

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return seen.stream().filter(report -> report.get() != null).count() == 1;
        });
        assertThat(seen.getLast().get()).isSameAs(last);
    }

    private RepeatedExamination watch() {
        return new RepeatedExamination(this::look, () -> pauses++,
                (before, now) -> told.add(name(before) + " " + name(now)));
    }

    private Report look() {
        var log = new EvidenceLog(Integer.toString(seen.size() + 1), List.of());
        var result = new ExaminationResult(log.url(), Instant.EPOCH, Duration.ZERO, true, log, List.of(), 0,
                0);
        var report = new Report(result, List.of(), List.of(), new Verdict(Health.HEALTHY, ""), List.of(),
                List.of());
        seen.add(new WeakReference<>(report));
        return report;
    }

    private static String name(Report report) {
        return report.result().asked();
    }
}
