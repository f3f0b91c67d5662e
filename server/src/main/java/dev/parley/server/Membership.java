package dev.parley.server;

import dev.parley.server.adapter.Adapter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rooms of one socket. Changes come one at a time, and none after it has left, so that no room keeps the name of one who is gone.
 * Safe from any thread. Lock order: the adapter's locks are taken under this one.
 */
final class Membership {
    private final String id;
    private final Adapter adapter;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Set<String> last = Set.of();
    private boolean gone;

    Membership(String id, Adapter adapter, int limit) {
        this.id = id;
        this.adapter = adapter;
        this.limit = limit;
    }

    Set<String> rooms() {
        lock.lock();
        try {
            return gone ? last : adapter.socketRooms(id);
        } finally {
            lock.unlock();
        }
    }

    void join(Collection<String> rooms) {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            var more = new HashSet<>(rooms);
            var now = adapter.socketRooms(id);
            more.removeAll(now);
            if (now.size() + more.size() > limit) {
                throw new IllegalStateException("a socket may be in no more than " + limit + " rooms");
            }
            adapter.addAll(id, more);
        } finally {
            lock.unlock();
        }
    }

    void leave(Collection<String> rooms) {
        lock.lock();
        try {
            if (!gone) {
                rooms.forEach(room -> adapter.del(id, room));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Out of all rooms, for good; {@link #rooms} tells them still until {@link #forget}. */
    Set<String> end() {
        lock.lock();
        try {
            if (!gone) {
                last = adapter.socketRooms(id);
                gone = true;
                adapter.delAll(id);
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    void forget() {
        last = Set.of();
    }
}
