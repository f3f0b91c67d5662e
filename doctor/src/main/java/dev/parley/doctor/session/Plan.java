package dev.parley.doctor.session;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits of one examination: its duration and the load on the target.
 *
 * @param quick            whether only fast probes run
 * @param total            time for everything except {@code firstPingTimeout}
 * @param responseTimeout  longest wait for one response
 * @param sessions         sessions that the affinity probe opens in each client mode
 * @param atOnce           sessions of the affinity probe that run in parallel
 * @param audio            duration of the audio measurement on each transport
 * @param firstPingTimeout longest wait for the server's first ping, in the background
 * @param largestBody      largest body to send, in bytes
 * @param health           path of the health check; present if the checklist is requested
 * @param voice            whether audio is measured on servers that do not say that they are Parley, too
 */
public record Plan(boolean quick, Duration total, Duration responseTimeout, int sessions, int atOnce,
        Duration audio, Duration firstPingTimeout, int largestBody, Optional<String> health, boolean voice) {

    /** Of the five seconds of a quick examination, a busy machine needs one to write the report and exit. */
    private static final Duration BRIEF_TOTAL = Duration.ofMillis(3_900);
    private static final Duration MIN_TOTAL = Duration.ofMillis(1_500);

    /** Creates a plan that measures audio on every server. */
    public Plan(boolean quick, Duration total, Duration responseTimeout, int sessions, int atOnce,
            Duration audio, Duration firstPingTimeout, int largestBody, Optional<String> health) {
        this(quick, total, responseTimeout, sessions, atOnce, audio, firstPingTimeout, largestBody, health,
                true);
    }

    /** Returns the plan of a quick examination. */
    public static Plan brief() {
        return new Plan(true, Duration.ofMillis(4_000), Duration.ofMillis(1_800), 4, 4, Duration.ZERO,
                Duration.ZERO, 0, Optional.empty());
    }

    /** Returns the plan of a complete examination. */
    public static Plan full(Duration firstPingTimeout) {
        return new Plan(false, Duration.ofSeconds(57), Duration.ofSeconds(8), 12, 4, Duration.ofSeconds(10),
                firstPingTimeout, 2 * 1024 * 1024, Optional.empty());
    }

    /** Returns the plan for a program that started {@code age} ago: a quick examination counts from the start of the program. */
    public Plan shortenedBy(Duration age) {
        var left = BRIEF_TOTAL.minus(age);
        var limit = quick && left.compareTo(total) < 0 ? left.compareTo(MIN_TOTAL) > 0 ? left : MIN_TOTAL
                : total;
        return new Plan(quick, limit, responseTimeout, sessions, atOnce, audio, firstPingTimeout, largestBody,
                health, voice);
    }

    /** Returns the plan with a wait of at most {@code most} for each response. */
    public Plan withResponseTimeout(Duration most) {
        return new Plan(quick, total, ProbeClient.shorterOf(most, responseTimeout), sessions, atOnce, audio,
                firstPingTimeout, largestBody, health, voice);
    }

    /** Returns the plan with the checklist. */
    public Plan withChecklist(String path) {
        return new Plan(quick, total, responseTimeout, sessions, atOnce, audio, firstPingTimeout, largestBody,
                Optional.of(path), voice);
    }

    /** Returns the plan with or without audio on servers that do not say that they are Parley. */
    public Plan withVoice(boolean everywhere) {
        return new Plan(quick, total, responseTimeout, sessions, atOnce, audio, firstPingTimeout, largestBody,
                health, everywhere);
    }
}
