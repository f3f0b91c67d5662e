package dev.parley.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Runs a socket's handlers one after the other on a virtual thread that lives while there is work. Bounded in events and in their bytes,
 * of which the last may be too many, so that a large one passes: past the limit events are refused; the few tasks of the socket's own life (connection, upgrade, disconnection, answers) are always taken, since each has a
 * bound of its own. Safe from any thread. Lock order: this lock is the innermost, and no handler runs under it.
 */
final class Mailbox {
    private static final ThreadFactory THREADS = Thread.ofVirtual().name("parley-socket-", 0).factory();

    private final int limit;
    private final long maxBytes;
    private final FailureSink failures;
    private final long slow;
    private final SlowSink slowness;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Work> waiting = new ArrayDeque<>(4);
    private long bytes;
    private boolean running;

    /** One that does not look at the time. */
    Mailbox(int limit, long maxBytes, FailureSink failures) {
        this(limit, maxBytes, failures, Duration.ofNanos(Long.MAX_VALUE), (event, took) -> {});
    }

    /** @param slow from when on work counts as slow; on the caller's own thread, an event loop, a tenth of it */
    Mailbox(int limit, long maxBytes, FailureSink failures, Duration slow, SlowSink slowness) {
        this.limit = limit;
        this.maxBytes = maxBytes;
        this.failures = failures;
        this.slow = slow.toNanos();
        this.slowness = slowness;
    }

    /** How many pieces of work wait. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether something runs or waits. */
    boolean busy() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Queues an event's handlers; false when there are too many before it. */
    boolean offer(String name, int weight, Task task) {
        return add(new Work(name, weight, task), limit, maxBytes);
    }

    /** Queues a task of the socket's own life. */
    void run(String name, Task task) {
        add(new Work(name, 0, task), Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Runs a task on the calling thread, with failures going where they always go. */
    void runHere(String name, Task task) {
        perform(new Work(name, 0, task), slow / 10);
    }

    private boolean add(Work work, int maxWaiting, long maxWeight) {
        boolean start;
        lock.lock();
        try {
            if (waiting.size() >= maxWaiting || bytes >= maxWeight) {
                return false;
            }
            waiting.add(work);
            bytes += work.weight();
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            THREADS.newThread(this::drain).start();
        }
        return true;
    }

    private void drain() {
        for (Work work = next(); work != null; work = next()) {
            perform(work, slow);
        }
    }

    private @Nullable Work next() {
        lock.lock();
        try {
            var work = waiting.poll();
            running = work != null;
            bytes -= work == null ? 0 : work.weight();
            return work;
        } finally {
            lock.unlock();
        }
    }

    private void perform(Work work, long patience) {
        long start = System.nanoTime();
        try {
            work.task().run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.failed(work.name(), e);
        } catch (Throwable e) {
            // Whatever it was: with it would go the thread, and the socket's handlers would stand still for ever.
            failures.failed(work.name(), e);
        }
        long took = System.nanoTime() - start;
        if (took > patience) {
            slowness.slow(work.name(), Duration.ofNanos(took));
        }
    }

    /** Work that may fail. */
    @FunctionalInterface
    interface Task {
        // Exception: this is where the application's own exceptions end.
        void run() throws Exception;
    }

    /** Where failures of handlers are told. */
    @FunctionalInterface
    interface FailureSink {
        void failed(String event, Throwable failure);
    }

    /** Where work is told that took long. */
    @FunctionalInterface
    interface SlowSink {
        void slow(String event, Duration took);
    }

    private record Work(String name, int weight, Task task) {}
}
