package dev.parley.server;

import dev.parley.protocol.Durations;
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
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual().name("parley-socket-", 0).factory();
    /** A virtual thread each. */
    static final HandlerThreads THREADS = handlers -> VIRTUAL.newThread(handlers).start();

    /** Pieces of work of one socket that are done before other sockets have their turn. */
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

    /** A mailbox that does not report slow work. */
    Mailbox(Load load, FailureSink failures) {
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
    Mailbox(Load load, FailureSink failures, Duration slow, SlowSink slowness, HandlerThreads threads,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.load = load;
        this.failures = failures;
        this.slow = Durations.nanos(slow);
        this.slowness = slowness;
        this.threads = threads;
    }

    /** How many pieces of work wait. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether something runs or waits. */
    boolean busy() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Queues an event's handlers, unless events are discarded. */
    void offer(String name, int weight, Task task) {
        if (!discarding) {
            load.added(weight);
            add(new Work(name, weight, true, task));
        }
    }

    /** Queues a task of the socket's own life. */
    void run(String name, Task task) {
        add(new Work(name, 0, false, task));
    }

    /** Runs a task on the calling thread, with failures going where they always go. */
    void runHere(String name, Task task) {
        perform(new Work(name, 0, false, task), true);
    }

    /** Drops the events that wait and all that come: no handler of an event begins after this returns. */
    void discardEvents() {
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

    boolean discardsEvents() {
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
                // What waits goes with the next task, such as that of the disconnection.
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
            // Whatever it was: with it would go the thread, and the socket's handlers would stand still for ever.
            failed(work.name(), e);
        }
        // An interrupt is meant for the task that ran, and must not fail the first blocking call of the next one.
        Thread.interrupted();
        long took = nanoTime.getAsLong() - start;
        if (took > (inline ? slow / 10 : slow)) {
            slowness.slow(work.name(), Duration.ofNanos(took), inline);
        }
    }

    /** Reports a failure as that of a task. */
    void failed(String name, Throwable failure) {
        try {
            failures.failed(name, failure);
        } catch (Throwable e) {
            LOG.error("The failure of a handler could not be reported", e);
        }
    }

    /** Work that may fail. */
    @FunctionalInterface
    interface Task {
        // Exception: this is where the application's own exceptions end.
        void run() throws Exception;
    }

    /** Where failures of handlers are told. */
    @FunctionalInterface
    interface FailureSink {
        void failed(String event, Throwable failure);
    }

    /** Where work is told that took long. */
    @FunctionalInterface
    interface SlowSink {
        /**
         * Work took longer than it may.
         *
         * @param inline whether it ran on the thread that handed it over, an event loop
         */
        void slow(String event, Duration took, boolean inline);
    }

    /** Where events are counted while they wait or run. Must not block, and not call back. */
    interface Load {
        /** Counts nothing. */
        Load NONE = new Load() {
            @Override
            public void added(int weight) {}

            @Override
            public void taken(int weight) {}
        };

        /** An event waits. */
        void added(int weight);

        /** Its handlers are done, or it was dropped. */
        void taken(int weight);
    }

    private record Work(String name, int weight, boolean event, Task task) {}
}
