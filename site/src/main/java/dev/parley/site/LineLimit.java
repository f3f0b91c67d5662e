package dev.parley.site;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums up log lines that clients cause: {@value #PER_MINUTE} lines of a kind pass in a minute, and one line says afterwards how many were left out. At most
 * {@value #KINDS} kinds are told apart. Thread-safe.
 */
public final class LineLimit {

    private static final Logger LOG = LoggerFactory.getLogger(LineLimit.class);
    static final int PER_MINUTE = 20;
    static final int KINDS = 256;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String OTHERS = "others";

    private final LongSupplier nanoTime;
    private final BiFunction<Duration, Runnable, ?> timer;
    private final Map<String, Integer> lines = new HashMap<>();
    private long since;
    private boolean omits;

    /** @param timer runs a task after a time, on any thread; asked when lines are left out */
    public LineLimit(BiFunction<Duration, Runnable, ?> timer) {
        this(System::nanoTime, timer);
    }

    LineLimit(LongSupplier nanoTime, BiFunction<Duration, Runnable, ?> timer) {
        this.nanoTime = nanoTime;
        this.timer = timer;
        this.since = nanoTime.getAsLong();
    }

    /** Returns whether another line of this kind is logged. */
    public boolean passes(String kind) {
        boolean firstOmitted;
        boolean passes;
        synchronized (this) {
            if (!omits && nanoTime.getAsLong() - since >= MINUTE.toNanos()) {
                lines.clear();
                since = nanoTime.getAsLong();
            }
            String known = lines.containsKey(kind) || lines.size() < KINDS ? kind : OTHERS;
            passes = lines.merge(known, 1,
                    (before, one) -> Math.min(before, Integer.MAX_VALUE - 1) + one) <= PER_MINUTE;
            firstOmitted = !passes && !omits;
            omits |= !passes;
        }
        if (firstOmitted) {
            var unused = timer.apply(MINUTE, this::sumUp);
        }
        return passes;
    }

    private void sumUp() {
        Map<String, Integer> minute;
        synchronized (this) {
            minute = Map.copyOf(lines);
            lines.clear();
            omits = false;
            since = nanoTime.getAsLong();
        }
        minute.forEach((kind, count) -> {
            if (count > PER_MINUTE) {
                LOG.atWarn()
                        .addKeyValue("kind", kind)
                        .addKeyValue("omitted", count - PER_MINUTE)
                        .log("lines of the last minute were left out");
            }
        });
    }
}
