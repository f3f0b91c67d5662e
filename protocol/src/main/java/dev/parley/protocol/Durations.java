package dev.parley.protocol;

import java.time.Duration;

/** Durations as numbers, where a duration of any length has to fit: too long ones become as long as can be. Stateless; any thread. */
public final class Durations {
    private static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);
    /** Longer than anything runs, and short enough to be added to an instant. */
    private static final Duration CENTURY = Duration.ofDays(36_525);

    private Durations() {}

    /** The duration, or a century if that is shorter, so that it can be added to any instant of our time. */
    public static Duration bounded(Duration duration) {
        return duration.compareTo(CENTURY) > 0 ? CENTURY : duration;
    }

    /** Nanoseconds, not negative, as many as fit. */
    public static long nanos(Duration duration) {
        return duration.compareTo(MAX) >= 0 ? Long.MAX_VALUE : Math.max(0, duration.toNanos());
    }
}
