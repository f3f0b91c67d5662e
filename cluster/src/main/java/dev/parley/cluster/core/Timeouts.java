package dev.parley.cluster.core;

import java.time.Duration;

/** Calls back after a time. Safe from any thread. */
@FunctionalInterface
public interface Timeouts {
    /**
     * Calls an action once, on any thread. The action does not block.
     *
     * @return cancels the call, if it has not begun
     */
    Runnable after(Duration delay, Runnable action);
}
