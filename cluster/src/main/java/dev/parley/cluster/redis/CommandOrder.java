package dev.parley.cluster.redis;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives commands to a connection in the order in which they were sent. The driver alone does not: it writes at once on the connection's own thread, and so before
 * what other threads gave it earlier. Its callers bound how many commands are under way. Safe from any thread; no method blocks.
 */
final class CommandOrder {
    private final Supplier<@Nullable Executor> driverThread;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    /** Commands that were sent and not given to the driver yet. The thread that makes it 1 gives all of them. */
    private final AtomicInteger size = new AtomicInteger();

    /** @param driverThread returns what runs actions later on the calling thread, if this is a thread of the driver; null for other threads */
    CommandOrder(Supplier<@Nullable Executor> driverThread) {
        this.driverThread = driverThread;
    }

    /** Sends a command. Completes as its stage, and exceptionally if it throws. */
    <T> CompletionStage<T> send(Supplier<? extends CompletionStage<T>> command) {
        var later = driverThread.get();
        if (later == null && size.compareAndSet(0, 1)) {
            try {
                return command.get();
            } catch (RuntimeException e) {
                return CompletableFuture.failedStage(e);
            } finally {
                next();
            }
        }
        var result = new CompletableFuture<T>();
        waiting.add(() -> give(command, result));
        if (size.getAndIncrement() == 0) {
            drain(later);
        }
        return result;
    }

    /** On the driver's own threads, first what others gave to it is written. */
    private void drain(@Nullable Executor later) {
        if (later == null) {
            drain();
            return;
        }
        try {
            later.execute(this::drain);
        } catch (RejectedExecutionException e) {
            drain(); // the driver ends, and refuses the commands
        }
    }

    private void drain() {
        var command = waiting.poll();
        if (command != null) {
            command.run();
        }
        next();
    }

    /** A command was given to the driver: those that came meanwhile are next. */
    private void next() {
        while (size.decrementAndGet() > 0) {
            var command = waiting.poll();
            if (command != null) {
                command.run();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // told to the result
    private static <T> void give(Supplier<? extends CompletionStage<T>> command,
            CompletableFuture<T> result) {
        try {
            command.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }
}
