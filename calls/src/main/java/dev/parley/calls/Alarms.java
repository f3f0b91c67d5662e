package dev.parley.calls;

import dev.parley.assistant.standard.UserTimers;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The clock that all calls share: one thread, on which only short tasks that never wait run. Each call asks for a bounded number of
 * alarms: one for its conversation, one for each timer of the user, one for each running tool.
 */
final class Alarms implements UserTimers.Alarm, AutoCloseable {

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("call-alarms").factory());

    Alarms() {
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task after the delay; running the returned task cancels it. After {@link #close} nothing is run any more. */
    @Override
    public Runnable in(Duration delay, Runnable task) {
        if (clock.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> alarm = clock.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    /** How many alarms are set. */
    int pending() {
        return clock.getQueue().size();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
