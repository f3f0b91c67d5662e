package dev.parley.server;

import dev.parley.server.adapter.PreparedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a socket that comes back, from the moment it is in its rooms again until its client is let in. Bounded by weight;
 * past it the client has to begin anew. Safe from any thread.
 */
final class Held {
    private final ReentrantLock lock = new ReentrantLock();
    private final long bound;
    private @Nullable List<PreparedEvent> events = new ArrayList<>(2);
    private long weight;

    Held(long bound) {
        this.bound = bound;
    }

    /** False when nothing is held any more. */
    boolean keep(PreparedEvent event) {
        lock.lock();
        try {
            if (events == null) {
                return false;
            }
            weight += event.event().weight();
            if (weight <= bound) {
                events.add(event);
            }
            return true;
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
    void release(Consumer<PreparedEvent> to) {
        lock.lock();
        try {
            if (events != null) {
                events.forEach(to);
                events = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
