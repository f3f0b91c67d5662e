package dev.parley.client;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs handlers one at a time, in order, on a virtual thread. Thread-safe.
 *
 * <p>
 * Limit: a number of events, beyond which {@link #awaitRoom} waits: the connection is not read meanwhile. The events of one poll response
 * may exceed it. Lifecycle notices are not counted; reconnection limits their number.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final int limit;
    private int events;
    private volatile boolean stopped;
    private volatile @Nullable Thread thread;

    Dispatcher(int limit) {
        this.limit = limit;
    }

    void start() {
        thread = Thread.ofVirtual().name("parley-client-handlers").start(this::run);
    }

    /** Waits until no more events than the limit are queued, or the dispatcher has stopped. */
    void awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (events > limit && !stopped) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Queues the handler of an event, unless the dispatcher has stopped. Does not wait. */
    void postEvent(Runnable handler) {
        if (stopped) {
            return;
        }
        count(1);
        work.add(() -> {
            count(-1);
            handler.run();
        });
    }

    private void count(int change) {
        lock.lock();
        try {
            events += change;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Queues the handler of a lifecycle notice. Does not wait. */
    void post(Runnable handler) {
        work.add(handler);
    }

    /** Ends after the handler that is running, and interrupts it unless it is the caller. */
    void stop() {
        stopped = true;
        count(0);
        var running = thread;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                var handler = work.take();
                try {
                    handler.run();
                } catch (RuntimeException e) {
                    LOG.warn("a handler failed", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
