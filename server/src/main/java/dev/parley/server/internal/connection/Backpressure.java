package dev.parley.server.internal.connection;

import dev.parley.protocol.Durations;
import dev.parley.server.NotSentException;
import dev.parley.server.engine.ByteGauge;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Makes senders wait while the client's send queue is above the high-water mark. Safe from any thread. Lock order: this lock is the
 * innermost, and nothing is sent or called under it.
 */
final class Backpressure {
    /** Size of an event, in bytes, up to which a sender that finds room reserves none: a race of so few bytes exceeds no limit. */
    private static final long SMALL = 16 * 1024;

    private final ByteGauge outgoing;
    private final long mark;
    private final long timeoutNanos;
    private final BooleanSupplier inLoop;
    private final AtomicInteger waitingSenders;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean drainWanted;
    private volatile boolean closed;

    /**
     * A gate that is open until the mark is passed.
     *
     * @param mark           bytes above which senders wait
     * @param inLoop         whether the calling thread is an event loop, which must not wait
     * @param waitingSenders counts the threads that wait, of all gates
     */
    Backpressure(ByteGauge outgoing, long mark, Duration timeout, BooleanSupplier inLoop,
            AtomicInteger waitingSenders, Listener listener) {
        this.outgoing = outgoing;
        this.mark = mark;
        this.timeoutNanos = Durations.nanos(timeout);
        this.inLoop = inLoop;
        this.waitingSenders = waitingSenders;
        this.listener = listener;
        outgoing.onLess(this::less);
    }

    /**
     * Waits until there is room for an event, except on an event loop and after the session has ended.
     *
     * @return the reservation, which goes back with {@link #leave} once the event has been handed on
     * @throws NotSentException when there was no room in time, or the thread was interrupted
     */
    long enter(long weight) {
        if (weight <= SMALL && outgoing.bytes() + weight <= mark) {
            return 0;
        }
        if (inLoop.getAsBoolean()) {
            drainWanted = true;
            return 0;
        }
        return outgoing.reserve(weight, mark) ? weight : await(weight);
    }

    /** Reserves room as {@link #enter}, but never waits: returns a negative number when there is no room. */
    long tryEnter(long weight) {
        if (outgoing.reserve(weight, mark)) {
            return weight;
        }
        drainWanted = true;
        less();
        return -1;
    }

    /** Releases a reservation. */
    void leave(long reservation) {
        if (reservation > 0) {
            outgoing.unreserve(reservation);
        }
    }

    /** Releases all senders: the session has ended, and events go nowhere. */
    void close() {
        closed = true;
        signal();
    }

    private long await(long weight) {
        long left = timeoutNanos;
        lock.lock();
        try {
            waiting.incrementAndGet();
            waitingSenders.incrementAndGet();
            while (!closed) {
                if (outgoing.reserve(weight, mark)) {
                    return weight;
                }
                if (left <= 0) {
                    break;
                }
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException(NotSentException.Reason.INTERRUPTED);
        } finally {
            waiting.decrementAndGet();
            waitingSenders.decrementAndGet();
            lock.unlock();
        }
        if (closed) {
            return 0;
        }
        listener.timedOut();
        throw new NotSentException(NotSentException.Reason.TIMEOUT);
    }

    private void less() {
        if (waiting.get() > 0) {
            signal();
        }
        if (drainWanted && outgoing.bytes() <= mark / 2) {
            drainWanted = false;
            listener.drained();
        }
    }

    private void signal() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Handles the events of a gate. */
    interface Listener {
        /** A sender waited for {@code sendTimeout} without finding room. */
        void timedOut();

        /** The queue is down to half of the mark, after a sender found it full. Called on any thread. */
        void drained();
    }
}
