package dev.parley.server.internal.context;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Lets one log line of a kind through in a minute. Remembers at most {@value #MAX_KINDS} kinds; further ones are not logged until a minute
 * of another is over. Thread-safe.
 */
final class OncePerMinute {
    static final int MAX_KINDS = 256;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    /** Times of the last lines, the oldest first. */
    private final Map<String, Line> kinds = new LinkedHashMap<>();

    OncePerMinute(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param log called at once if it is this kind's turn, with the number of lines omitted since its last one */
    void log(String kind, IntConsumer log) {
        int omitted;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            var last = kinds.get(kind);
            if (last != null && now - last.at < MINUTE) {
                last.omitted++;
                return;
            }
            if (last == null && kinds.size() >= MAX_KINDS) {
                kinds.values().removeIf(line -> now - line.at >= MINUTE);
                if (kinds.size() >= MAX_KINDS) {
                    return;
                }
            }
            kinds.remove(kind);
            kinds.put(kind, new Line(now));
            omitted = last == null ? 0 : last.omitted;
        }
        log.accept(omitted);
    }

    synchronized int size() {
        return kinds.size();
    }

    private static final class Line {
        private final long at;
        private int omitted;

        Line(long at) {
            this.at = at;
        }
    }
}
