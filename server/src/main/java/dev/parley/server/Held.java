package dev.parley.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a socket before its client is let in: by middleware, or by anybody once a socket that comes back is in its rooms again.
 * Bounded by weight; past it the client is refused. Safe from any thread.
 */
final class Held {
    private final ReentrantLock lock = new ReentrantLock();
    private final long bound;
    private @Nullable List<Runnable> events = new ArrayList<>(2);
    private long weight;

    Held(long bound) {
        this.bound = bound;
    }

    /** Keeps what sends an event of this weight; false when nothing is held any more. */
    boolean keep(int eventWeight, Runnable send) {
        lock.lock();
        try {
            if (events == null) {
                return false;
            }
            weight += eventWeight;
            if (weight <= bound) {
                events.add(send);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isHolding() {
        lock.lock();
        try {
            return events != null;
        } finally {
            lock.unlock();
        }
    }

    boolean overflown() {
        lock.lock();
        try {
            return weight > bound;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of all, in order; what comes meanwhile waits. */
    void release() {
        lock.lock();
        try {
            if (events != null) {
                events.forEach(Runnable::run);
                events = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
