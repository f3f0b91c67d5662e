package dev.parley.server;

import java.util.concurrent.Future;

/**
 * Starts the threads on which handlers run; by default virtual ones. For test tools, which have to know when all handlers have finished.
 * Set with {@code ServerGateway.handlerThreads}. Must be safe from any thread.
 */
@FunctionalInterface
public interface HandlerThreads {
    /** Runs handlers on a thread that may block. Returns at once; called on event loops. */
    void start(Runnable handlers);

    /** The calling thread is about to block until this result of a call, such as {@link Socket#call}, is there. */
    default void waiting(Future<?> result) {}
}
