package dev.parley.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Turns the asynchronous form of a call into the blocking one, except where nobody may wait. Safe from any thread. */
final class Waiting {
    private volatile BooleanSupplier inLoop = () -> false;
    private volatile HandlerThreads threads = Mailbox.THREADS;

    /** @param answer whether the thread that asks is an event loop */
    void eventLoops(BooleanSupplier answer) {
        inLoop = answer;
    }

    /** @param started told before a thread waits */
    void handlerThreads(HandlerThreads started) {
        threads = started;
    }

    HandlerThreads handlerThreads() {
        return threads;
    }

    /** Whether the calling thread is an event loop. */
    boolean inLoop() {
        return inLoop.getAsBoolean();
    }

    /**
     * The result of a call, which is not begun where its end cannot be waited for.
     *
     * @throws IllegalStateException on an event loop, and when the call failed
     * @throws NoReplyException      when it ended so, or the thread was interrupted
     */
    <T> T on(Supplier<CompletableFuture<T>> call) {
        if (inLoop.getAsBoolean()) {
            throw new IllegalStateException(
                    "an event loop must not wait: use the form of the call whose name ends in Async");
        }
        try {
            var result = call.get();
            threads.waiting(result);
            return result.get();
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
