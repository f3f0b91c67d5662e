package dev.parley.voice;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that hands messages to one owner, one at a time and in order, such as the owner of a machine. It
 * takes a thread when the first message arrives and releases it when none is left: an idle mailbox has no thread.
 *
 * <p>
 * Thread-safe; no caller waits for the message of another. The caller decides what happens when there is no room.
 *
 * @param <T> a message
 */
public final class Mailbox<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<T> messages = new ArrayDeque<>();
    private final Consumer<Runnable> threads;
    private final Consumer<T> owner;
    private boolean running;

    /**
     * Creates an empty mailbox.
     *
     * @param threads runs the work of the owner on another thread; called at most once at a time
     * @param owner   handles a message; must not throw
     */
    public Mailbox(Consumer<Runnable> threads, Consumer<T> owner) {
        this.threads = threads;
        this.owner = owner;
    }

    /**
     * Queues a message; returns false if {@code room} messages or more wait. The owner never handles it on the calling thread.
     */
    public boolean post(T message, int room) {
        Taken taken = take(message, room);
        if (taken == Taken.TO_BE_HANDLED) {
            threads.accept(this::work);
        }
        return taken != Taken.REFUSED;
    }

    /**
     * Queues a message as {@link #post} does, then lets the owner handle the queue on this thread, unless another thread is already doing
     * so. This costs half as much as waking another thread.
     */
    public boolean perform(T message, int room) {
        Taken taken = take(message, room);
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

    private Taken take(T message, int room) {
        lock.lock();
        try {
            if (messages.size() >= room) {
                return Taken.REFUSED;
            }
            messages.add(message);
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
        for (T message = next(); message != null; message = next()) {
            owner.accept(message);
        }
    }

    private @Nullable T next() {
        lock.lock();
        try {
            T message = messages.poll();
            running = message != null;
            return message;
        } finally {
            lock.unlock();
        }
    }
}
