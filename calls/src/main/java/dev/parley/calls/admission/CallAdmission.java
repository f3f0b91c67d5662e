package dev.parley.calls.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Limits the number of open model streams; the others wait in a queue, first come first served. Thread-safe; never waits. Waiters are called
 * outside the lock, and must not block.
 */
public final class CallAdmission {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiter> queue = new ArrayList<>();
    private final IntSupplier limit;
    private final int maxWaiting;
    private int open;

    /** A stream in the queue. */
    interface Waiter {

        /** Its position has changed; 1 is next, 0 means that it may be opened, and is given back by {@link #giveBack}. */
        void number(int position);
    }

    /** The answer to a request for a stream. */
    enum Answer {
        ADMITTED,
        WAITING,
        FULL
    }

    /**
     * Begins without streams.
     *
     * @param limit      maximum number of open streams
     * @param maxWaiting maximum number that wait
     */
    public CallAdmission(IntSupplier limit, int maxWaiting) {
        this.limit = limit;
        this.maxWaiting = maxWaiting;
    }

    /** Asks for a stream. A waiter is told its position at once, and again when it changes. */
    Answer enter(Waiter waiter) {
        int position;
        lock.lock();
        try {
            if (queue.isEmpty() && open < limit.getAsInt()) {
                open++;
                return Answer.ADMITTED;
            }
            if (queue.size() >= maxWaiting) {
                return Answer.FULL;
            }
            queue.add(waiter);
            position = queue.size();
        } finally {
            lock.unlock();
        }
        waiter.number(position);
        return Answer.WAITING;
    }

    /** Removes a waiter from the queue; if it was admitted meanwhile, gives its stream back. */
    void leave(Waiter waiter) {
        boolean waited;
        lock.lock();
        try {
            waited = queue.remove(waiter);
        } finally {
            lock.unlock();
        }
        if (waited) {
            tellAll();
        } else {
            giveBack();
        }
    }

    /** Gives a stream back; the first waiter gets it. */
    void giveBack() {
        var admitted = new ArrayList<Waiter>();
        lock.lock();
        try {
            open--;
            while (!queue.isEmpty() && open < limit.getAsInt()) {
                open++;
                admitted.add(queue.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        admitted.forEach(waiter -> waiter.number(0));
        if (!admitted.isEmpty()) {
            tellAll();
        }
    }

    public int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        List<Waiter> now;
        lock.lock();
        try {
            now = List.copyOf(queue);
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < now.size(); i++) {
            now.get(i).number(i + 1);
        }
    }
}
