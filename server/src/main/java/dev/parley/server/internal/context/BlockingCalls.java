package dev.parley.server.internal.context;

import dev.parley.server.HandlerThreads;
import dev.parley.server.NoReplyException;
import dev.parley.server.internal.handler.HandlerQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for the results of asynchronous calls, except on event loops, which must not block. Safe from any thread. */
public final class BlockingCalls {
    private volatile BooleanSupplier inLoop = () -> false;
    private volatile HandlerThreads threads = HandlerQueue.THREADS;

    /**
     * Sets the test for event loops.
     *
     * @param answer returns whether the calling thread is an event loop
     */
    public void eventLoops(BooleanSupplier answer) {
        inLoop = answer;
    }

    /**
     * Sets the source of handler threads.
     *
     * @param started called before a thread waits
     */
    public void handlerThreads(HandlerThreads started) {
        threads = started;
    }

    public HandlerThreads handlerThreads() {
        return threads;
    }

    /** Returns whether the calling thread is an event loop. */
    public boolean inLoop() {
        return inLoop.getAsBoolean();
    }

    /**
     * The result of a call, which is not begun where its end cannot be waited for.
     *
     * @throws IllegalStateException on an event loop, and when the call failed
     * @throws NoReplyException      when it ended so, or the thread was interrupted
     */
    public <T> T on(Supplier<CompletableFuture<T>> call) {
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
