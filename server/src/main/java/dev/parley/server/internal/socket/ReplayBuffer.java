package dev.parley.server.internal.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events that are sent to a socket before its client has joined: by middleware, or by broadcasts to the rooms of a recovered
 * socket. Bounded by weight: past the bound the client is refused. Safe from any thread.
 */
public final class ReplayBuffer {
    private final ReentrantLock lock = new ReentrantLock();
    private final long bound;
    private @Nullable List<Runnable> events = new ArrayList<>(2);
    private long weight;

    public ReplayBuffer(long bound) {
        this.bound = bound;
    }

    /** Keeps an event of this weight. Returns false when the buffer has been released, so that the caller sends the event. */
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

    public boolean overflown() {
        lock.lock();
        try {
            return weight > bound;
        } finally {
            lock.unlock();
        }
    }

    /** Sends all events in order. Later ones wait meanwhile. */
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
