package dev.parley.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Turns the asynchronous form of a call into the blocking one. */
final class Waiting {
    private Waiting() {}

    static <T> T on(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoReplyException none) {
                throw new NoReplyException(none.reason());
            }
            throw new IllegalStateException("a call failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoReplyException(NoReplyException.Reason.INTERRUPTED);
        }
    }
}
