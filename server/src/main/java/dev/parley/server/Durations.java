package dev.parley.server;

import java.time.Duration;

/** Durations as numbers, where a duration of any length has to fit: too long ones become as long as can be. Stateless; any thread. */
final class Durations {
    private static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);

    private Durations() {}

    static long nanos(Duration duration) {
        return duration.compareTo(MAX) >= 0 ? Long.MAX_VALUE : Math.max(0, duration.toNanos());
    }
}
