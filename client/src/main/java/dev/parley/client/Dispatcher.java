package dev.parley.client;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs handlers one after the other on a virtual thread. Thread-safe.
 *
 * <p>
 * Limit: a number of events; who brings one more waits. The few lifecycle notices are not counted, so that nobody who tells of a loss
 * ever waits; their number is bounded by the attempts to reconnect.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Semaphore room;
    private volatile boolean stopped;
    private volatile @Nullable Thread thread;

    Dispatcher(int limit) {
        room = new Semaphore(limit);
    }

    void start() {
        thread = Thread.ofVirtual().name("parley-client-handlers").start(this::run);
    }

    void postWhenRoom(Runnable handler) throws InterruptedException {
        room.acquire();
        work.add(() -> {
            room.release();
            handler.run();
        });
    }

    void post(Runnable handler) {
        work.add(handler);
    }

    /** Ends after the handler that is running; interrupts it, unless it is the one that calls. */
    void stop() {
        stopped = true;
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
