package dev.parley.app;

import dev.parley.voice.Alarm;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs scheduled tasks on one thread, which starts with the first task. Callers limit the number of tasks: a call has one for its
 * conversation, one for each timer of the user, and one for each running tool; a socket has one if its access expires; a stream of Nova Sonic has one to
 * wake it and one for its deadline. Thread-safe.
 */
final class AlarmThread implements Alarm {

    private final ScheduledThreadPoolExecutor clock;

    /** Creates an alarm without tasks and without a thread. */
    AlarmThread(String name) {
        clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Runnable in(Duration delay, Runnable task) {
        try {
            var set = clock.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> set.cancel(false);
        } catch (RejectedExecutionException _closed) {
            return () -> {};
        }
    }

    /** Returns the number of tasks that wait. */
    int pending() {
        return clock.getQueue().size();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
