package dev.parley.server.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs a task on a loop after a delay, at most one at a time. Called on the loop. */
public final class LoopTimer {
    private final Loop loop;
    private final Runnable task;
    private @Nullable Runnable cancel;

    /** Creates a timer that is not started. */
    public LoopTimer(Loop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** Runs the task after this delay, in place of an earlier {@code start}. */
    public void start(Duration delay) {
        stop();
        cancel = loop.schedule(delay, () -> {
            cancel = null;
            task.run();
        });
    }

    /** Cancels the task if it is pending. */
    public void stop() {
        if (cancel != null) {
            cancel.run();
            cancel = null;
        }
    }
}
