package dev.parley.server.http;

import dev.parley.server.engine.Loop;
import java.time.Duration;

/** A loop that runs each task at once, on the caller's thread, and never runs a delayed one. */
public final class InlineLoop implements Loop {

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        return () -> {};
    }
}
