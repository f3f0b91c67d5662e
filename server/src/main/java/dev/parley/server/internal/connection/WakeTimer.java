package dev.parley.server.internal.connection;

import dev.parley.server.engine.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one timer of a connection: setting it again replaces the time set before. Belongs to the session's loop. */
final class WakeTimer {
    private final Loop loop;
    private final Runnable task;
    private @Nullable Runnable cancel;

    /** @param task run when the time has passed */
    WakeTimer(Loop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    void set(Duration delay) {
        cancel();
        cancel = loop.schedule(delay, () -> {
            cancel = null;
            task.run();
        });
    }

    void cancel() {
        if (cancel != null) {
            cancel.run();
            cancel = null;
        }
    }
}
