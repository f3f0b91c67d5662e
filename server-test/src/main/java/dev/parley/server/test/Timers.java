package dev.parley.server.test;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The timers of a loop, by a clock that runs at the machine's pace and can be put forward. Safe from any thread. */
final class Timers {
    private final ScheduledExecutorService pacemaker;
    private final Executor loop;
    private final Set<Timer> waiting = new HashSet<>();
    private long ahead;

    /**
     * No timers.
     *
     * @param pacemaker waits for the time of each
     * @param loop      runs their tasks
     */
    Timers(ScheduledExecutorService pacemaker, Executor loop) {
        this.pacemaker = pacemaker;
        this.loop = loop;
    }

    /** Runs a task after a delay; the result cancels it. */
    synchronized Runnable add(Duration delay, Runnable task) {
        var timer = new Timer(now() + Math.max(0, delay.toNanos()), task);
        waiting.add(timer);
        timer.start();
        return () -> take(timer);
    }

    /** The time until the next timer is due, if it is due within a time. */
    synchronized Optional<Duration> next(Duration within) {
        long now = now();
        return waiting.stream()
                .map(timer -> Duration.ofNanos(Math.max(0, timer.due - now)))
                .min(Comparator.naturalOrder())
                .filter(left -> left.compareTo(within) <= 0);
    }

    /** Puts the clock forward and gives the loop what is due, the earliest first. */
    synchronized void advance(Duration by) {
        ahead += by.toNanos();
        long now = now();
        List.copyOf(waiting).stream().sorted(Comparator.comparingLong(timer -> timer.due)).forEach(timer -> {
            if (timer.due <= now) {
                run(timer);
            } else {
                timer.start();
            }
        });
    }

    private void run(Timer timer) {
        if (take(timer)) {
            loop.execute(timer.task);
        }
    }

    private synchronized boolean take(Timer timer) {
        timer.stop();
        return waiting.remove(timer);
    }

    private long now() {
        return System.nanoTime() + ahead;
    }

    /** A timer; guarded by the timers' lock. */
    private final class Timer {
        private final long due;
        private final Runnable task;
        private @Nullable Future<?> pending;

        Timer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        /** Begins to wait, or waits anew since the clock was put forward. */
        void start() {
            stop();
            try {
                pending = pacemaker.schedule(() -> run(this), due - now(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // The test is over, and its timers with it.
                waiting.remove(this);
            }
        }

        void stop() {
            if (pending != null) {
                pending.cancel(false);
                pending = null;
            }
        }
    }
}
