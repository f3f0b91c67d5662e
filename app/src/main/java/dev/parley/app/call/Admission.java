package dev.parley.app.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * How many streams to the model may be open, and who waits for one, first come first served. Thread-safe; never waits. Waiters are told
 * outside the lock, and must not block.
 */
final class Admission {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiter> line = new ArrayList<>();
    private final IntSupplier most;
    private final int longest;
    private int open;

    /** Somebody in the line. */
    interface Waiter {

        /** Its number has changed; 1 is next, and 0 is that a stream is now its own, to be given back by {@link #giveBack}. */
        void number(int position);
    }

    /** What comes of asking for a stream. */
    enum Answer {
        ADMITTED,
        WAITING,
        FULL
    }

    /**
     * Nobody is in yet.
     *
     * @param most    how many streams may be open
     * @param longest how many may wait
     */
    Admission(IntSupplier most, int longest) {
        this.most = most;
        this.longest = longest;
    }

    /** Asks for a stream; a waiter is told its number at once, and again whenever it changes. */
    Answer enter(Waiter waiter) {
        int position;
        lock.lock();
        try {
            if (line.isEmpty() && open < most.getAsInt()) {
                open++;
                return Answer.ADMITTED;
            }
            if (line.size() >= longest) {
                return Answer.FULL;
            }
            line.add(waiter);
            position = line.size();
        } finally {
            lock.unlock();
        }
        waiter.number(position);
        return Answer.WAITING;
    }

    /** Whoever waited waits no longer, or gives back what it had been given meanwhile. */
    void leave(Waiter waiter) {
        boolean waited;
        lock.lock();
        try {
            waited = line.remove(waiter);
        } finally {
            lock.unlock();
        }
        if (waited) {
            tellAll();
        } else {
            giveBack();
        }
    }

    /** A stream is free again: the next one gets it. */
    void giveBack() {
        var admitted = new ArrayList<Waiter>();
        lock.lock();
        try {
            open--;
            while (!line.isEmpty() && open < most.getAsInt()) {
                open++;
                admitted.add(line.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        admitted.forEach(waiter -> waiter.number(0));
        if (!admitted.isEmpty()) {
            tellAll();
        }
    }

    int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        List<Waiter> now;
        lock.lock();
        try {
            now = List.copyOf(line);
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < now.size(); i++) {
            now.get(i).number(i + 1);
        }
    }
}
