package dev.parley.server.test;

import dev.parley.server.engine.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread that owns all sessions of a test. Its tasks count as {@link Activity}; timers do from when they run. */
final class TestLoop implements Loop {
    private final Activity activity;
    private final Consumer<Throwable> failures;
    private final ScheduledThreadPoolExecutor executor;
    private final Timers timers;
    private volatile @Nullable Thread thread;

    /** @param failures told what tasks throw */
    TestLoop(Activity activity, Consumer<Throwable> failures) {
        this.activity = activity;
        this.failures = failures;
        this.executor = new ScheduledThreadPoolExecutor(1, work -> {
            var made = new Thread(work, "parley-test-loop");
            made.setDaemon(true);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        this.timers = new Timers(executor, this::execute);
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread().equals(thread);
    }

    @Override
    public void execute(Runnable task) {
        activity.began();
        try {
            executor.execute(() -> perform(task));
        } catch (RejectedExecutionException e) {
            // The test is over: there is nobody left to whom it could matter.
            activity.ended();
        }
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        return timers.add(delay, task);
    }

    /** The timers that have not run yet. */
    Timers timers() {
        return timers;
    }

    /** The result of a task of the loop. */
    <T> CompletableFuture<T> submit(Supplier<T> task) {
        var result = new CompletableFuture<T>();
        execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Ends it, with the timers that are not due. */
    void stop() {
        executor.shutdownNow();
    }

    private void perform(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failures.accept(e);
        } finally {
            activity.ended();
        }
    }
}
