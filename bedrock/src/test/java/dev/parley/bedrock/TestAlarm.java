package dev.parley.bedrock;

import dev.parley.voice.Alarm;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The alarm of a model under test: a thread of its own, as in an application. */
final class TestAlarm implements Alarm {

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("nova-alarms").factory());

    @Override
    public Runnable in(Duration delay, Runnable task) {
        try {
            var set = clock.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> set.cancel(false);
        } catch (RejectedExecutionException _closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
