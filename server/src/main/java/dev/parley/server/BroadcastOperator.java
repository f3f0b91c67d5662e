package dev.parley.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A selection of receivers, such as {@code io.to("a", "b").except("c")}. Immutable; may be kept and used again. Safe from any thread.
 * Implemented by the server: applications do not implement it, and methods may be added.
 */
public interface BroadcastOperator extends Broadcasting {
    /**
     * Calls {@link #call(Duration, String, Object...)} with the time set by {@link #timeout}, by default the server's {@code ackTimeout}.
     */
    Replies call(String event, @Nullable Object... values);

    /** Sends an event as {@link #call(String, Object...)}, without waiting. The future never completes exceptionally. */
    CompletableFuture<Replies> callAsync(String event, @Nullable Object... values);
}
