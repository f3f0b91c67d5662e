package dev.parley.server;

import dev.parley.server.engine.ByteGauge;
import dev.parley.server.engine.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that other threads have for a session's loop, in the order in which each thread added them. What gathers meanwhile is done in one
 * go, so that it leaves in one flush. Bounded by weight, the largest task not counted: past the bound the session is ended and the rest
 * dropped.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int OVERHEAD = 64;
    /** Tasks of one session that are done before other sessions have their turn. */
    private static final int TURN = 8;

    private final Loop loop;
    private final long bound;
    private final ByteGauge outgoing;
    private final Runnable whenDone;
    private final Runnable whenFull;
    private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();

    /**
     * An empty inbox.
     *
     * @param outgoing counts what waits here with what waits elsewhere for the client
     * @param whenDone run on the loop after each batch; the loop's own tasks are done at once, when none waits before them
     * @param whenFull run on the loop, once, when the bound was passed
     */
    Inbox(Loop loop, long bound, ByteGauge outgoing, Runnable whenDone, Runnable whenFull) {
        this.loop = loop;
        this.bound = bound;
        this.outgoing = outgoing;
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
            perform(task);
            whenDone.run();
            return true;
        }
        long added = (long) cost + OVERHEAD;
        if (added > largest.get()) {
            largest.accumulateAndGet(added, Math::max);
        }
        long now = weight.addAndGet(added);
        if (droppable ? now > bound / 2 : now - largest.get() > bound) {
            weight.addAndGet(-added);
            if (!droppable && full.compareAndSet(false, true)) {
                loop.execute(whenFull);
            }
            return false;
        }
        outgoing.add(added);
        waiting.add(new Work(added, task));
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
        return true;
    }

    private void drain() {
        // Cleared first: what is added from here on schedules a drain of its own.
        scheduled.set(false);
        long done = 0;
        int count = 0;
        for (Work work = waiting.poll(); work != null; work = ++count < TURN ? waiting.poll() : null) {
            weight.addAndGet(-work.weight());
            done += work.weight();
            perform(work.task());
        }
        perform(whenDone);
        // Last, when what was sent is counted where it waits now: there is no moment at which it counts nowhere.
        outgoing.add(-done);
        if (count >= TURN && !waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.executeRest(this::drain);
        }
    }

    /** A task that fails must not keep those behind it from being done. */
    private static void perform(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // An Error too, as when direct memory is exhausted: what waits would count for ever.
            LOG.error("A task of a session failed", e);
        }
    }

    private record Work(long weight, Runnable task) {}
}
