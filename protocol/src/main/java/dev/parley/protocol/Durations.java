package dev.parley.protocol;

import java.time.Duration;

/** Converts durations of any length to bounded ones. Stateless; safe from any thread. */
public final class Durations {
    private static final Duration MAX = Duration.ofNanos(Long.MAX_VALUE);
    /** Short enough to be added to any instant of our time. */
    private static final Duration CENTURY = Duration.ofDays(36_525);

    private Durations() {}

    /** Returns the duration, or a century if that is shorter: it can be added to any instant of our time. */
    public static Duration bounded(Duration duration) {
        return duration.compareTo(CENTURY) > 0 ? CENTURY : duration;
    }

    /** Returns the nanoseconds of a duration: 0 if it is negative, {@link Long#MAX_VALUE} if they do not fit. */
    public static long nanos(Duration duration) {
        return duration.compareTo(MAX) >= 0 ? Long.MAX_VALUE : Math.max(0, duration.toNanos());
    }
}
