package dev.parley.server.internal.handler;

import dev.parley.protocol.Durations;
import dev.parley.server.HandlerThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a socket's handlers one after the other on a virtual thread that lives while there is work. What waits is reported to a {@link
 * Load}, which stops the reading of the connection before it is too much; the tasks of the socket's own life (connection, upgrade,
 * disconnection) each have a bound of their own. Safe from any thread. Lock order: this lock is the innermost, and no
 * handler runs under it.
 */
public final class HandlerQueue {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerQueue.class);
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual().name("parley-socket-", 0).factory();
    /** Starts a virtual thread for each queue with work. */
    public static final HandlerThreads THREADS = handlers -> VIRTUAL.newThread(handlers).start();

    /** Maximum number of tasks of one socket in a row, before other sockets have their turn. */
    private static final int TURN = 4;

    private final Load load;
    private final FailureSink failures;
    private final long slow;
    private final SlowSink slowness;
    private final HandlerThreads threads;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Work> waiting = new ArrayDeque<>(4);
    private boolean running;
    private volatile boolean discarding;

    /** Creates a queue that does not report slow work. */
    public HandlerQueue(Load load, FailureSink failures) {
        this(load, failures, Duration.ofNanos(Long.MAX_VALUE), (event, took, inline) -> {}, THREADS,
                System::nanoTime);
    }

    /**
     * A mailbox.
     *
     * @param slow     work that takes longer is reported; on the caller's own thread, an event loop, a tenth of it
     * @param threads  start the threads on which handlers run
     * @param nanoTime as {@link System#nanoTime}
     */
    public HandlerQueue(Load load, FailureSink failures, Duration slow, SlowSink slowness,
            HandlerThreads threads, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.load = load;
        this.failures = failures;
        this.slow = Durations.nanos(slow);
        this.slowness = slowness;
        this.threads = threads;
    }

    /** Returns the number of tasks that wait. */
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a task runs or waits. */
    boolean busy() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Queues an event's handlers, unless events are discarded. */
    public void offer(String name, int weight, Task task) {
        if (!discarding) {
            load.added(weight);
            add(new Work(name, weight, true, task));
        }
    }

    /** Queues a task of the socket's own life, which is never discarded. */
    public void run(String name, Task task) {
        add(new Work(name, 0, false, task));
    }

    /** Runs a task on the calling thread, and reports its exceptions as usual. */
    public void runHere(String name, Task task) {
        perform(new Work(name, 0, false, task), true);
    }

    /** Drops the events that wait and all later ones: no handler of an event begins after this method has returned. */
    public void discardEvents() {
        discarding = true;
        lock.lock();
        try {
            for (var all = waiting.iterator(); all.hasNext();) {
                var work = all.next();
                if (work.event()) {
                    all.remove();
                    load.taken(work.weight());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    public boolean discardsEvents() {
        return discarding;
    }

    private void add(Work work) {
        boolean start;
        lock.lock();
        try {
            if (discarding && work.event()) {
                load.taken(work.weight());
                return;
            }
            waiting.add(work);
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    private void start() {
        boolean started = false;
        try {
            threads.start(this::drain);
            started = true;
        } finally {
            if (!started) {
                // Waiting tasks run with the next one, such as that of the disconnection.
                stopped();
            }
        }
    }

    private void stopped() {
        lock.lock();
        try {
            running = false;
        } finally {
            lock.unlock();
        }
    }

    // Virtual threads are not preempted: without the yield, others' handlers would wait for all of these.
    @SuppressWarnings("ThreadPriorityCheck")
    private void drain() {
        int done = 0;
        for (Work work = next(); work != null; work = next()) {
            if (++done % TURN == 0) {
                Thread.yield();
            }
            if (!work.event()) {
                perform(work, false);
            } else {
                if (!discarding) {
                    perform(work, false);
                }
                load.taken(work.weight());
            }
        }
    }

    private @Nullable Work next() {
        lock.lock();
        try {
            var work = waiting.poll();
            running = work != null;
            return work;
        } finally {
            lock.unlock();
        }
    }

    private void perform(Work work, boolean inline) {
        long start = nanoTime.getAsLong();
        try {
            work.task().run();
        } catch (Throwable e) {
            // Errors too: otherwise the thread would end, and no handler of the socket would run again.
            failed(work.name(), e);
        }
        // An interrupt is meant for the task that ran, and must not fail the first blocking call of the next one.
        Thread.interrupted();
        long took = nanoTime.getAsLong() - start;
        if (took > (inline ? slow / 10 : slow)) {
            slowness.slow(work.name(), Duration.ofNanos(took), inline);
        }
    }

    /** Reports an exception under the name of a task. */
    public void failed(String name, Throwable failure) {
        try {
            failures.failed(name, failure);
        } catch (Throwable e) {
            LOG.error("The failure of a handler could not be reported", e);
        }
    }

    /** A task that may throw. */
    @FunctionalInterface
    public interface Task {
        // Exception: this is where the application's own exceptions end.
        void run() throws Exception;
    }

    /** Receives the exceptions of handlers. */
    @FunctionalInterface
    public interface FailureSink {
        void failed(String event, Throwable failure);
    }

    /** Receives reports of slow work. */
    @FunctionalInterface
    public interface SlowSink {
        /**
         * Reports work that took longer than the limit.
         *
         * @param inline whether it ran on the event loop
         */
        void slow(String event, Duration took, boolean inline);
    }

    /** Counts events while they wait or run. Must not block, and not call back. */
    public interface Load {
        /** Counts nothing. */
        Load NONE = new Load() {
            @Override
            public void added(int weight) {}

            @Override
            public void taken(int weight) {}
        };

        /** Counts an event that begins to wait. */
        void added(int weight);

        /** Counts an event whose handlers are done, or that was dropped. */
        void taken(int weight);
    }

    private record Work(String name, int weight, boolean event, Task task) {}
}
