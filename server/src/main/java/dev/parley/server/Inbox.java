package dev.parley.server;

import dev.parley.server.engine.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What other threads want done on a session's loop, in the order in which each asked. What gathers meanwhile is done in one go, so that
 * it leaves in one flush. Bounded by weight: when the loop cannot keep up, the session is ended and the rest dropped.
 */
final class Inbox {
    private static final int OVERHEAD = 64;

    private final Loop loop;
    private final long bound;
    private final Runnable whenDone;
    private final Runnable whenFull;
    private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();

    /**
     * @param whenDone run on the loop after each batch; the loop's own wishes are done at once, when none waits before them
     * @param whenFull run on the loop, once, when the bound was passed
     */
    Inbox(Loop loop, long bound, Runnable whenDone, Runnable whenFull) {
        this.loop = loop;
        this.bound = bound;
        this.whenDone = whenDone;
        this.whenFull = whenFull;
    }

    /** Does something on the loop; false when it will not be done, since the bound has been passed. */
    boolean run(int cost, Runnable task) {
        return add(cost, task, false);
    }

    /** Does something on the loop that may as well be left out: it is, when half of the bound is taken, so that the rest finds room. */
    boolean offer(int cost, Runnable task) {
        return add(cost, task, true);
    }

    private boolean add(int cost, Runnable task, boolean droppable) {
        if (full.get()) {
            return false;
        }
        if (loop.inLoop() && weight.get() == 0) {
            task.run();
            whenDone.run();
            return true;
        }
        if (weight.addAndGet((long) cost + OVERHEAD) > (droppable ? bound / 2 : bound)) {
            if (droppable) {
                weight.addAndGet(-(long) cost - OVERHEAD);
            } else if (full.compareAndSet(false, true)) {
                loop.execute(whenFull);
            }
            return false;
        }
        waiting.add(new Work(cost, task));
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
        return true;
    }

    private void drain() {
        // Cleared first: what is added from here on schedules a drain of its own.
        scheduled.set(false);
        for (Work work = waiting.poll(); work != null; work = waiting.poll()) {
            weight.addAndGet(-(long) work.cost() - OVERHEAD);
            work.task().run();
        }
        whenDone.run();
    }

    private record Work(int cost, Runnable task) {}
}
