package dev.parley.bedrock;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs tasks one at a time and in order, on a virtual thread that is there only while there are some. Thread-safe; posting never waits. */
final class Owner {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    /** Takes a task if fewer than {@code room} are waiting; else answers false. */
    boolean post(Runnable task, int room) {
        lock.lock();
        try {
            if (tasks.size() >= room) {
                return false;
            }
            tasks.add(task);
            if (running) {
                return true;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("nova-stream").start(this::work);
        return true;
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }
}
