package dev.parley.server.test;

import dev.parley.server.HandlerThreads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Knows what runs on the server: tasks of the loop, and handlers. It is quiet when the loop has no task and each handler has finished or
 * waits in a blocking call for a client's acknowledgement. Safe from any thread.
 */
final class Activity implements HandlerThreads {
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual().name("parley-test-socket-", 0).factory();
    /** In the place of the result that a handler waits for, when it waits for none. */
    private static final Future<?> RUNS = CompletableFuture.completedFuture(true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Thread, Future<?>> handlers = new LinkedHashMap<>();
    private int tasks;

    /** A task is about to be given to the loop. */
    void began() {
        change(() -> tasks++);
    }

    /** It is done, or will not be. */
    void ended() {
        change(() -> tasks--);
    }

    @Override
    public void start(Runnable work) {
        var thread = VIRTUAL.newThread(() -> {
            try {
                work.run();
            } finally {
                change(() -> handlers.remove(Thread.currentThread()));
            }
        });
        change(() -> handlers.put(thread, RUNS));
        thread.start();
    }

    @Override
    public void waiting(Future<?> result) {
        change(() -> handlers.replace(Thread.currentThread(), result));
    }

    /** Returns whether the calling thread runs a handler. */
    boolean inHandler() {
        lock.lock();
        try {
            return handlers.containsKey(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all is quiet and a condition holds, which is asked after each change.
     *
     * @return whether that was so in time
     */
    boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!quiet() || !condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes up who waits, to ask its condition anew. */
    void changed() {
        change(() -> {});
    }

    /** Returns the tasks that still run or wait, as the end of a sentence about a timeout; empty when there are none. */
    String description() {
        lock.lock();
        try {
            var all = handlers.entrySet().stream().map(each -> describe(each.getKey(), each.getValue()));
            return String.join(" ", all.toList());
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the handlers that still run. */
    void interrupt() {
        lock.lock();
        try {
            List.copyOf(handlers.keySet()).forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    private boolean quiet() {
        return tasks == 0 && handlers.values().stream().noneMatch(Future::isDone);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String describe(Thread thread, Future<?> awaited) {
        String doing = awaited.isDone() ? "A handler still runs"
                : "A handler waits in a call for a client's acknowledgement";
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (!isInside(type)) {
                return doing + ", at " + frame + ".";
            }
        }
        return doing + ".";
    }

    private static boolean isInside(String type) {
        if (type.startsWith("java.") || type.startsWith("jdk.")
                || type.startsWith(Activity.class.getName())) {
            return true;
        }
        return type.startsWith(HandlerThreads.class.getPackageName() + ".")
                && !type.startsWith(Activity.class.getPackageName() + ".");
    }
}
