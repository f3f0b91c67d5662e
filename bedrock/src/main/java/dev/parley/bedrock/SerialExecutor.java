package dev.parley.bedrock;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time and in order. They run on a virtual thread that exists only while tasks wait, or on the thread that adds a task.
 * Thread-safe; no caller waits for the task of another.
 */
final class SerialExecutor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    /**
     * Queues a task; returns false if {@code room} tasks or more are waiting. For threads that must only hand over: the task never runs on
     * the calling thread.
     */
    boolean post(Runnable task, int room) {
        return switch (take(task, room)) {
            case REFUSED -> false;
            case LEFT_TO_ANOTHER -> true;
            case TO_BE_RUN -> {
                Thread.ofVirtual().name("nova-stream").start(this::work);
                yield true;
            }
        };
    }

    /**
     * Queues a task as {@link #post} does, then runs the queue on this thread unless another thread runs it. This costs half as much as
     * waking another thread.
     */
    boolean perform(Runnable task, int room) {
        Taken taken = take(task, room);
        if (taken == Taken.TO_BE_RUN) {
            work();
        }
        return taken != Taken.REFUSED;
    }

    private enum Taken {
        REFUSED,
        LEFT_TO_ANOTHER,
        TO_BE_RUN
    }

    private Taken take(Runnable task, int room) {
        lock.lock();
        try {
            if (tasks.size() >= room) {
                return Taken.REFUSED;
            }
            tasks.add(task);
            if (running) {
                return Taken.LEFT_TO_ANOTHER;
            }
            running = true;
            return Taken.TO_BE_RUN;
        } finally {
            lock.unlock();
        }
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
