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
     * @return cancels the task when it is run, if it is not too late
     */
    Runnable in(Duration delay, Runnable task);

    /** Drops the tasks that wait; none is run any more. Does nothing by default. */
    @Override
    default void close() {}
}
