package dev.parley.server.engine;

import java.time.Duration;

/** The event loop that owns a session: a single thread, which must not block. Tasks run in the order given. */
public interface Loop {
    /** Returns whether the calling thread is this loop. */
    boolean inLoop();

    /** Runs a task soon, after those given before. Safe from any thread. */
    void execute(Runnable task);

    /** Runs the rest of a session's work after the work of other sessions. Called on the loop. */
    default void executeRest(Runnable task) {
        execute(task);
    }

    /** Runs a task after a delay; the returned task cancels it. */
    Runnable schedule(Duration delay, Runnable task);

    /** Runs a task now if called on the loop, else soon. */
    default void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }
}
