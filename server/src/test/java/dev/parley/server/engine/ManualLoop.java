package dev.parley.server.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A loop without a thread: the test runs its tasks. Its timers are kept, and never run. */
public final class ManualLoop implements Loop {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<Object> timers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread runner;

    /** Runs all tasks, those included that they add. */
    public void run() {
        runner = Thread.currentThread();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        runner = null;
    }

    /** Runs a task and all others. */
    public void runAll(Runnable task) {
        execute(task);
        run();
    }

    /** Returns the number of timers that were not cancelled. */
    public int timers() {
        return timers.size();
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread().equals(runner);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        var timer = new Object();
        timers.add(timer);
        return () -> timers.remove(timer);
    }
}
