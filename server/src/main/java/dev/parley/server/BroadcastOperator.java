package dev.parley.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Receivers chosen step by step, as {@code io.to("a", "b").except("c")}. Immutable; may be kept and used again. Implemented by the server:
 * applications do not implement it, and methods may be added.
 */
public interface BroadcastOperator extends Broadcasting {
    /** {@link #call(Duration, String, Object...)} within the time set by {@link #timeout}, else the server's {@code ackTimeout}. */
    Replies call(String event, @Nullable Object... values);

    /** {@link #call(String, Object...)} without waiting. */
    CompletableFuture<Replies> callAsync(String event, @Nullable Object... values);
}
