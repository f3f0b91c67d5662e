package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.session.Plan;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Twenty examinations of a healthy server find no fault, ten of them on a busy machine. Runs alone, so that only this test loads the machine.
 */
@Tag("real-time")
@Isolated
class NoFalseAlarmIT {
    private static final int QUICK = 8;
    private static final int WHOLE = 2;
    /** All probes, with two seconds of audio. */
    private static final Plan ALL = new Plan(false, Duration.ofSeconds(57), Duration.ofSeconds(8), 12, 4,
            Duration.ofSeconds(2), Duration.ofSeconds(60), 2 * 1024 * 1024, Optional.empty());

    @Test
    void idleMachineProducesNoFalseAlarm() {
        examineTenTimes();
    }

    @Test
    void busyMachineProducesNoFalseAlarm() {
        var busy = new CpuLoad();
        try {
            examineTenTimes();
        } finally {
            busy.close();
        }
    }

    private static void examineTenTimes() {
        try (var server = TestServer
                .start(TestServer.options().pingInterval(Duration.ofSeconds(1)).build())) {
            var target = Examinations.target(server.url(), "/socket.io/", Optional.empty());
            for (int look = 0; look < QUICK + WHOLE; look++) {
                var report = Examinations.examine(target, look < QUICK ? Plan.brief() : ALL);

                Examinations.assertHealthy(report);
                assertThat(report.verdict().health().exitCode()).as("look %d", look).isZero();
            }
        }
    }
}
