package dev.parley.cluster;

import dev.parley.cluster.core.Timeouts;
import dev.parley.protocol.Durations;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that calls back. Safe from any thread. */
final class TimeoutThread implements Timeouts, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;

    TimeoutThread() {
        thread = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("parley-cluster-timeouts").factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Calls nothing after it is closed. */
    @Override
    public Runnable after(Duration delay, Runnable action) {
        try {
            var task = thread.schedule(action, Durations.nanos(Durations.bounded(delay)),
                    TimeUnit.NANOSECONDS);
            return () -> task.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
