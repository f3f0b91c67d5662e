package dev.parley.doctor.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * How long and how much is examined: the limits of the load on the target.
 *
 * @param quick        whether only what takes a moment is looked at
 * @param total        of everything but {@code patience}
 * @param answer       the longest wait for one answer
 * @param sessions     opened for each habit of the affinity probe
 * @param atOnce       requests of the affinity probe in flight together
 * @param cadence      of audio, on each transport
 * @param patience     the longest wait for the server's first ping, beside everything else
 * @param largestBody  the largest body sent, in bytes
 * @param health       the address of the health check, if the checklist of a deployment is gone through
 */
public record Plan(boolean quick, Duration total, Duration answer, int sessions, int atOnce, Duration cadence,
        Duration patience, int largestBody, Optional<String> health) {

    /** When a quick look has to be over, of its five seconds: writing the report and ending the program takes a second of a busy machine. */
    private static final Duration OVER = Duration.ofMillis(3_900);
    private static final Duration LEAST = Duration.ofMillis(1_500);

    public static Plan quickly() {
        return new Plan(true, Duration.ofMillis(4_000), Duration.ofMillis(1_800), 4, 4, Duration.ZERO,
                Duration.ZERO, 0, Optional.empty());
    }

    public static Plan fully(Duration patience) {
        return new Plan(false, Duration.ofSeconds(57), Duration.ofSeconds(8), 12, 4, Duration.ofSeconds(10),
                patience, 2 * 1024 * 1024, Optional.empty());
    }

    /** The same for a program that has been running for so long: a quick look counts from its start. */
    public Plan startedBefore(Duration age) {
        var left = OVER.minus(age);
        var most = quick && left.compareTo(total) < 0 ? left.compareTo(LEAST) > 0 ? left : LEAST : total;
        return new Plan(quick, most, answer, sessions, atOnce, cadence, patience, largestBody, health);
    }

    /** The same with the checklist. */
    public Plan withChecklist(String path) {
        return new Plan(quick, total, answer, sessions, atOnce, cadence, patience, largestBody,
                Optional.of(path));
    }
}
