package dev.parley.voice;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that hands messages, here called letters, to one owner, one at a time and in order, such as the owner of a machine. It
 * takes a thread when the first letter arrives and releases it when none is left: an idle mailbox has no thread.
 *
 * <p>
 * Thread-safe; no caller waits for the letter of another. The caller decides what happens when there is no room.
 *
 * @param <T> a letter
 */
public final class Mailbox<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<T> letters = new ArrayDeque<>();
    private final Consumer<Runnable> threads;
    private final Consumer<T> owner;
    private boolean running;

    /**
     * Creates an empty mailbox.
     *
     * @param threads runs the work of the owner on another thread; called at most once at a time
     * @param owner   handles a letter; must not throw
     */
    public Mailbox(Consumer<Runnable> threads, Consumer<T> owner) {
        this.threads = threads;
        this.owner = owner;
    }

    /**
     * Queues a letter; returns false if {@code room} letters or more wait. The owner never handles it on the calling thread.
     */
    public boolean post(T letter, int room) {
        Taken taken = take(letter, room);
        if (taken == Taken.TO_BE_HANDLED) {
            threads.accept(this::work);
        }
        return taken != Taken.REFUSED;
    }

    /**
     * Queues a letter as {@link #post} does, then lets the owner handle the queue on this thread, unless another thread is already doing
     * so. This costs half as much as waking another thread.
     */
    public boolean perform(T letter, int room) {
        Taken taken = take(letter, room);
        if (taken == Taken.TO_BE_HANDLED) {
            work();
        }
        return taken != Taken.REFUSED;
    }

    private enum Taken {
        REFUSED,
        LEFT_TO_ANOTHER,
        TO_BE_HANDLED
    }

    private Taken take(T letter, int room) {
        lock.lock();
        try {
            if (letters.size() >= room) {
                return Taken.REFUSED;
            }
            letters.add(letter);
            if (running) {
                return Taken.LEFT_TO_ANOTHER;
            }
            running = true;
            return Taken.TO_BE_HANDLED;
        } finally {
            lock.unlock();
        }
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
