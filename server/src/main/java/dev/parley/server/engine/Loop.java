package dev.parley.server.engine;

import java.time.Duration;

/** The one thread that owns a session. Tasks run in the order given; it must never be blocked. */
public interface Loop {
    /** Whether the calling thread is this one. */
    boolean inLoop();

    /** Runs a task soon, behind those given before. From any thread. */
    void execute(Runnable task);

    /** Runs what is left of a session's work, behind the work of other sessions. On the loop. */
    default void executeRest(Runnable task) {
        execute(task);
    }

    /** Runs a task later; the answer cancels it. */
    Runnable schedule(Duration delay, Runnable task);

    /** Runs a task now when called on the loop, else soon. */
    default void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }
}
