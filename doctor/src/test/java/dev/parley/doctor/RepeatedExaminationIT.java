package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.report.Report;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Needs the garbage collector, which runs in its own time. */
class RepeatedExaminationIT {
    private final List<WeakReference<Report>> seen = new ArrayList<>();

    @Test
    void onlyTheLastReportIsKept() throws InterruptedException {
        var watch = new RepeatedExamination(this::look, () -> {}, (before, now) -> {});
        var last = watch.from(look(), OptionalInt.of(100));

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return seen.stream().filter(report -> report.get() != null).count() == 1;
        });
        assertThat(seen.getLast().get()).isSameAs(last);
    }

    private Report look() {
        var report = RepeatedExaminationTest.report(seen.size() + 1);
        seen.add(new WeakReference<>(report));
        return report;
    }
}
