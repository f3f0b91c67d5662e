package dev.parley.cluster.recovery;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lets a number of restorations read from the log at one time; the others wait in order. Safe from any thread. */
final class ReadSlots {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    ReadSlots(int slots) {
        free = slots;
    }

    /** Runs an action that ends with {@link #leave}: at once, or when a slot is free. */
    void enter(Runnable action) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(action);
                return;
            }
            free--;
        }
        action.run();
    }

    void leave() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        var next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
