package dev.parley.server.internal.socket;

import dev.parley.server.adapter.Adapter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rooms of one socket. Changes are made one at a time, and none after the socket has left, so that no room keeps its id. Safe from any
 * thread. Lock order: the adapter's locks are taken under this one.
 */
final class RoomMembership {
    private final String id;
    private final Adapter adapter;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Set<String> last = Set.of();
    private volatile boolean gone;

    RoomMembership(String id, Adapter adapter, int limit) {
        this.id = id;
        this.adapter = adapter;
        this.limit = limit;
    }

    /** Returns the id of the socket. */
    String id() {
        return id;
    }

    /** Returns whether the socket has not left yet. */
    boolean present() {
        return !gone;
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

    /** Leaves all rooms for good. {@link #rooms} still returns them until {@link #forget}. */
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
