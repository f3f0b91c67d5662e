package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.report.Redactor;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.session.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminationTest {

    @Test
    void resultBeforeTheEndIsNotHealthy() {
        var examination = new Examination(Plan.brief(), Clock.systemUTC(),
                new Examination.ProgressListener() {
                    @Override
                    public void started(String title) {}

                    @Override
                    public void waiting(String title, Duration atMost) {}
                }, new MachineCpu());
        var target = TargetParser
                .read(new TargetParser.Arguments("http://a.example", null, "/", List.of(), null, null));

        var report = Report.of(examination.soFar(), Redactor.of(target));

        assertThat(report.verdict().health()).isEqualTo(Health.UNKNOWN);
        assertThat(report.result().log().all(Evidence.Unfinished.class))
                .extracting(Evidence.Unfinished::hindrance)
                .containsExactly(Evidence.Hindrance.INTERRUPTED);
    }
}
