package dev.parley.bedrock;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs scheduled callbacks on one thread; a callback must only hand over its work. Thread-safe. */
final class Alarms implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("nova-alarms").factory());

    Alarms() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Schedules a callback; returns an action that cancels it. */
    Runnable in(Duration wait, Runnable alarm) {
        try {
            var set = timer.schedule(alarm, Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
            return () -> set.cancel(false);
        } catch (RejectedExecutionException _closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
