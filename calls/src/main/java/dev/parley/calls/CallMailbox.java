package dev.parley.calls;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that hands its letters to one owner, one at a time and in order. It takes a thread from its executor when the first
 * letter comes, and gives it back when none is left: an idle mailbox costs no thread.
 *
 * <p>
 * Thread-safe; posting never waits. The poster decides what happens when there is no room.
 */
final class CallMailbox<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<T> letters = new ArrayDeque<>();
    private final Executor executor;
    private final Consumer<T> owner;
    private boolean running;

    CallMailbox(Executor executor, Consumer<T> owner) {
        this.executor = executor;
        this.owner = owner;
    }

    /** Takes a letter if fewer than {@code room} are waiting; else returns false. */
    boolean post(T letter, int room) {
        lock.lock();
        try {
            if (letters.size() >= room) {
                return false;
            }
            letters.add(letter);
            if (running) {
                return true;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        executor.execute(this::work);
        return true;
    }

    private void work() {
        for (T letter = next(); letter != null; letter = next()) {
            owner.accept(letter);
        }
    }

    private @Nullable T next() {
        lock.lock();
        try {
            T letter = letters.poll();
            running = letter != null;
            return letter;
        } finally {
            lock.unlock();
        }
    }
}
