package dev.parley.cluster.redis;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Sends a ping an interval after each response, and disconnects when none comes within an interval. A connection would otherwise seem to be there for as
 * long as the operating system believes so. Safe from any thread.
 */
final class PingMonitor {
    private final Supplier<? extends CompletionStage<?>> ping;
    private final Runnable disconnect;
    private final Timer timer;
    private final Duration interval;
    private volatile boolean closed;

    PingMonitor(Supplier<? extends CompletionStage<?>> ping, Runnable disconnect, Timer timer,
            Duration interval) {
        this.ping = ping;
        this.disconnect = disconnect;
        this.timer = timer;
        this.interval = interval;
    }

    /** Sends the first ping after an interval. */
    void start() {
        if (!closed) {
            timer.after(interval, this::beat);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a ping that fails is followed by the next, as one that succeeds
    private void beat() {
        if (closed) {
            return;
        }
        Runnable cancel = timer.after(interval, disconnect);
        ping.get().whenComplete((pong, failure) -> {
            cancel.run();
            start();
        });
    }

    /** Sends no further ping. */
    void close() {
        closed = true;
    }

    /** Calls back after a time. */
    @FunctionalInterface
    interface Timer {
        /** Calls an action once, which does not block. Returns what cancels the call. */
        Runnable after(Duration delay, Runnable action);
    }
}
