package dev.parley.voice;

import java.time.Duration;

/**
 * Runs short tasks later, such as the next wake-up of a conversation. The application provides it to calls, timers and models, because this
 * module has neither clock nor threads. Thread-safe.
 */
public interface Alarm extends AutoCloseable {

    /**
     * Runs {@code task} once after {@code delay}, never inside this call. The task must not block, since others wait for its thread.
     *
     * @return an action that cancels the task if it has not started
     */
    Runnable in(Duration delay, Runnable task);

    /** Drops the waiting tasks; no task runs afterwards. Does nothing by default. */
    @Override
    default void close() {}
}
