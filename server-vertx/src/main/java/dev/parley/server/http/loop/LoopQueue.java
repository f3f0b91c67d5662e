package dev.parley.server.http.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that sessions of one event loop wait for: what other threads send, in the order given, and what is left of sessions that have had
 * their share. A session that asks for little does not wait for all those that ask for much: of {@link #RATIO} tasks one is a left one, as
 * long as there are others. Left to itself, Netty runs tasks for up to a second before it reads from connections again. This queue lets it read
 * after as much time as reading took before, so that neither can hold up the other, and after {@link #LEAST_NANOS} at least. Not
 * bounded here: each session has at most a few tasks in it.
 */
public final class LoopQueue implements Executor {
    /** Minimum time for which tasks run before connections are read; while little is read, it keeps waiting times short. */
    static final long LEAST_NANOS = 1_000_000;
    /** One of this many tasks is a deferred one of a busy session. */
    static final int RATIO = 4;
    /** Maximum time, after a pause of the whole process. */
    static final long MOST_NANOS = 50_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(LoopQueue.class);
    private static final FastThreadLocal<LoopQueue> OF_LOOP = new FastThreadLocal<>();

    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> rest = new ArrayDeque<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** Time when tasks ran last. */
    private long left;
    private int turn;

    LoopQueue(EventLoop loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.left = nanoTime.getAsLong();
    }

    /** Returns the queue of an event loop. */
    public static LoopQueue of(EventLoop loop) {
        var queue = OF_LOOP.get();
        if (queue == null || !queue.loop.equals(loop)) {
            queue = new LoopQueue(loop, System::nanoTime);
            OF_LOOP.set(queue);
        }
        return queue;
    }

    EventLoop loop() {
        return loop;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        schedule();
    }

    /** Runs the rest of a session that has used its share of a turn. Called on the loop. */
    public void executeRest(Runnable task) {
        rest.add(task);
        schedule();
    }

    /** As above, after a pause in nanoseconds; zero is none. */
    // A loop that has stopped runs nothing any more.
    @SuppressWarnings("FutureReturnValueIgnored")
    public void executeRest(Runnable task, long pause) {
        if (pause == 0) {
            executeRest(task);
        } else {
            loop.schedule(() -> executeRest(task), pause, TimeUnit.NANOSECONDS);
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RuntimeException e) {
                // The loop has stopped, and nothing will run any more.
                tasks.clear();
                throw e;
            }
        }
    }

    // The timer is not cancelled, and what its task throws is logged here.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void drain() {
        long now = nanoTime.getAsLong();
        long until = now + Math.clamp(now - left, LEAST_NANOS, MOST_NANOS);
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("A task of an event loop failed", e);
            }
            now = nanoTime.getAsLong();
            if (now - until >= 0) {
                left = now;
                // As a timer: Netty looks at connections before it looks at timers again.
                loop.schedule(this::drain, 1, TimeUnit.NANOSECONDS);
                return;
            }
        }
        left = now;
        scheduled.set(false);
        if (!tasks.isEmpty()) {
            schedule();
        }
    }

    private @Nullable Runnable next() {
        boolean preferred = ++turn % RATIO == 0;
        var task = preferred ? rest.poll() : tasks.poll();
        return task != null ? task : preferred ? tasks.poll() : rest.poll();
    }
}
