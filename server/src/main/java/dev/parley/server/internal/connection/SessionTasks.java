package dev.parley.server.internal.connection;

import dev.parley.server.engine.ByteGauge;
import dev.parley.server.engine.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of tasks from other threads for a session's loop, in the order in which each thread added them. Tasks that wait run in one
 * batch, so that their packets leave in one flush. Bounded by weight, without the largest task: past the bound the session is ended and the
 * rest dropped.
 */
final class SessionTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTasks.class);
    private static final int OVERHEAD = 64;
    /** Maximum number of tasks of one session in a row, before other sessions have their turn. */
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
    SessionTasks(Loop loop, long bound, ByteGauge outgoing, Runnable whenDone, Runnable whenFull) {
        this.loop = loop;
        this.bound = bound;
        this.outgoing = outgoing;
        this.whenDone = whenDone;
        this.whenFull = whenFull;
    }

    /** Runs a task on the loop. Returns false when it will not run, since the bound has been passed. */
    boolean run(int cost, Runnable task) {
        return add(cost, task, false);
    }

    /** Runs a task on the loop that may be dropped. It is dropped when half of the bound is used, so that other tasks find room. */
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
        // Cleared first: a task added from here on schedules a drain of its own.
        scheduled.set(false);
        long done = 0;
        int count = 0;
        for (Work work = waiting.poll(); work != null; work = ++count < TURN ? waiting.poll() : null) {
            weight.addAndGet(-work.weight());
            done += work.weight();
            perform(work.task());
        }
        perform(whenDone);
        // Last, when sent packets are counted in the session's queue: at no moment are they counted nowhere.
        outgoing.add(-done);
        if (count >= TURN && !waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.executeRest(this::drain);
        }
    }

    /** Runs a task. The failure of one does not keep the others from running. */
    private static void perform(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // An Error too, as when direct memory is exhausted: the tasks that wait would be counted for ever.
            LOG.error("A task of a session failed", e);
        }
    }

    private record Work(long weight, Runnable task) {}
}
