package dev.parley.site.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts of each of the last sixty minutes, in a ring buffer. Each minute stores its first {@value #SAMPLES} connect times.
 * Thread-safe.
 */
final class LastHour {
    private static final int MINUTES = 60;
    private static final int SAMPLES = 256;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Slot[] slots = new Slot[MINUTES];

    LastHour(InstantSource clock) {
        this.clock = clock;
        Arrays.setAll(slots, index -> new Slot());
    }

    /**
     * One minute.
     *
     * @param at         its start
     * @param connectP50 in milliseconds, negative if no client connected; likewise connectP95
     */
    record Minute(Instant at, int opened, int failed, int upgradesTried, int upgraded, long connectP50,
            long connectP95) {}

    /** The events that are counted. */
    enum Kind {
        OPENED,
        FAILED,
        UPGRADE_TRIED,
        UPGRADED
    }

    void count(Kind kind) {
        lock.lock();
        try {
            var slot = slot();
            switch (kind) {
                case OPENED -> slot.opened++;
                case FAILED -> slot.failed++;
                case UPGRADE_TRIED -> slot.tried++;
                case UPGRADED -> slot.upgraded++;
            }
        } finally {
            lock.unlock();
        }
    }

    void connected(Duration took) {
        lock.lock();
        try {
            var slot = slot();
            if (slot.samples < SAMPLES) {
                slot.times[slot.samples++] = took.toMillis();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last sixty minutes, oldest first, including those without events. */
    List<Minute> minutes() {
        lock.lock();
        try {
            long now = minute();
            var minutes = new ArrayList<Minute>(MINUTES);
            for (long at = now - MINUTES + 1; at <= now; at++) {
                var slot = slots[(int) (at % MINUTES)];
                minutes.add(slot.minute == at ? slot.toMinute() : new Slot().at(at).toMinute());
            }
            return minutes;
        } finally {
            lock.unlock();
        }
    }

    private Slot slot() {
        long minute = minute();
        int index = (int) (minute % MINUTES);
        if (slots[index].minute != minute) {
            slots[index] = new Slot().at(minute);
        }
        return slots[index];
    }

    private long minute() {
        return clock.instant().getEpochSecond() / 60;
    }

    private static final class Slot {
        private long minute = -1;
        private int opened;
        private int failed;
        private int tried;
        private int upgraded;
        private int samples;
        private final long[] times = new long[SAMPLES];

        Slot at(long when) {
            minute = when;
            return this;
        }

        Minute toMinute() {
            long[] sorted = Arrays.copyOf(times, samples);
            Arrays.sort(sorted);
            return new Minute(Instant.ofEpochSecond(minute * 60), opened, failed, tried, upgraded,
                    rank(sorted, 50), rank(sorted, 95));
        }

        private static long rank(long[] sorted, int percent) {
            return sorted.length == 0 ? -1
                    : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        }
    }
}
