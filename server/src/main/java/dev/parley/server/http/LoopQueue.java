package dev.parley.server.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that sessions of one event loop wait for, in the order given: what other threads send, and the frames of clients that send more
 * than their share. Left to itself, Netty runs tasks for up to a second before it reads from connections again; this queue lets it read
 * after each {@link #SHARE_NANOS}. Not bounded here: each session has at most a few tasks in it.
 */
final class LoopQueue implements Executor {
    /** Time for which tasks run before connections are read. */
    static final long SHARE_NANOS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(LoopQueue.class);
    private static final FastThreadLocal<LoopQueue> OF_LOOP = new FastThreadLocal<>();

    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    LoopQueue(EventLoop loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    /** The queue of the event loop that calls. */
    static LoopQueue of(EventLoop loop) {
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
        long until = nanoTime.getAsLong() + SHARE_NANOS;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("A task of an event loop failed", e);
            }
            if (nanoTime.getAsLong() - until >= 0) {
                // As a timer: Netty looks at connections before it looks at timers again.
                loop.schedule(this::drain, 1, TimeUnit.NANOSECONDS);
                return;
            }
        }
        scheduled.set(false);
        if (!tasks.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }
}
