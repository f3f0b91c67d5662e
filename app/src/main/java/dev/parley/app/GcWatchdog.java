package dev.parley.app;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that spends nearly all of its time in garbage collection. Such a process no longer responds, and a full heap need not
 * cause an OutOfMemoryError; a supervisor can start it again. Measures every second; not thread-safe.
 */
final class GcWatchdog {
    /** The exit code, EX_SOFTWARE of sysexits. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(GcWatchdog.class);
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final double LIMIT = 0.9;

    private final LongSupplier nanoTime;
    private final LongSupplier gcMillis;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param gcMillis milliseconds spent in garbage collection since the start */
    GcWatchdog(LongSupplier nanoTime, LongSupplier gcMillis) {
        this.nanoTime = nanoTime;
        this.gcMillis = gcMillis;
    }

    /** Starts a thread that watches this process until it ends. */
    static void start() {
        var watchdog = new GcWatchdog(System::nanoTime, GcWatchdog::gcMillis);
        Thread.ofPlatform().daemon().name("parley-gc-watchdog").start(() -> {
            try {
                while (!watchdog.isOverloaded()) {
                    Thread.sleep(Duration.ofSeconds(1));
                }
            } catch (InterruptedException e) {
                return;
            }
            LOG.error(
                    "more than 90 % of the last 30 s went into garbage collection: the heap is too small for the"
                            + " load. Ending with exit code {}; raise -Xmx in PARLEY_JAVA_OPTS.",
                    EXIT_CODE);
            // halt, not exit: shutdown hooks would need memory, which is exhausted.
            Runtime.getRuntime().halt(EXIT_CODE);
        });
    }

    /** Takes one sample. Returns whether garbage collection took more than nine tenths of a whole window. */
    boolean isOverloaded() {
        var now = new Sample(nanoTime.getAsLong(), gcMillis.getAsLong());
        samples.addLast(now);
        while (samples.size() > 1 && now.nanos() - second().nanos() >= WINDOW.toNanos()) {
            samples.removeFirst();
        }
        var first = samples.getFirst();
        long elapsed = now.nanos() - first.nanos();
        return elapsed >= WINDOW.toNanos() && (now.gcMillis() - first.gcMillis()) * 1e6 > LIMIT * elapsed;
    }

    private Sample second() {
        var all = samples.iterator();
        all.next();
        return all.next();
    }

    private static long gcMillis() {
        long sum = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            sum += Math.max(0, collector.getCollectionTime());
        }
        return sum;
    }

    private record Sample(long nanos, long gcMillis) {}
}
