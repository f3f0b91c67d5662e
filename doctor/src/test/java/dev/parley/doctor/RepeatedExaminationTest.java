package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RepeatedExaminationTest {
    private final List<String> told = new ArrayList<>();
    private int examinations;
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

    private RepeatedExamination watch() {
        return new RepeatedExamination(this::look, () -> pauses++,
                (before, now) -> told.add(name(before) + " " + name(now)));
    }

    private Report look() {
        return report(++examinations);
    }

    static Report report(int number) {
        var log = new EvidenceLog(Integer.toString(number), List.of());
        var result = new ExaminationResult(log.url(), Instant.EPOCH, Duration.ZERO, true, log, List.of(), 0,
                0);
        return new Report(result, List.of(), List.of(), new Verdict(Health.HEALTHY, ""), List.of(),
                List.of());
    }

    private static String name(Report report) {
        return report.result().asked();
    }
}
