package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.probe.Plan;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Twenty looks at a healthy server find nothing, ten of them on a machine that has too much to do. Alone, so that it is this test which keeps
 * the machine busy.
 */
@Isolated
class NoFalseAlarmIT {
    private static final int QUICK = 8;
    private static final int WHOLE = 2;
    /** Everything, with two seconds of audio. */
    private static final Plan ALL = new Plan(false, Duration.ofSeconds(57), Duration.ofSeconds(8), 12, 4,
            Duration.ofSeconds(2), Duration.ofSeconds(60), 2 * 1024 * 1024, Optional.empty());

    @Test
    void noneOfTenOnAMachineThatIsFree() {
        tenLooks();
    }

    @Test
    void noneOfTenOnAMachineThatIsBusy() {
        var busy = new Busy();
        try {
            tenLooks();
        } finally {
            busy.close();
        }
    }

    private static void tenLooks() {
        try (var server = Backend.start(Backend.options().pingInterval(Duration.ofSeconds(1)).build())) {
            var target = Doctor.target(server.url(), "/socket.io/", Optional.empty());
            for (int look = 0; look < QUICK + WHOLE; look++) {
                var report = Doctor.examine(target, look < QUICK ? Plan.quickly() : ALL);

                Doctor.assertHealthy(report);
                assertThat(report.verdict().health().exitCode()).as("look %d", look).isZero();
            }
        }
    }
}
