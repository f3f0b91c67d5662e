package dev.parley.server.engine;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that a session holds in one direction. Whoever adds bytes takes them off again. Safe from any thread. */
public final class ByteGauge {
    private final MemoryAccount account;
    private final AtomicLong bytes = new AtomicLong();
    /** {@link #bytes} without those that other sessions hold too. */
    private final AtomicLong own = new AtomicLong();
    private volatile Runnable onLess = () -> {};

    ByteGauge(MemoryAccount account) {
        this.account = account;
    }

    /** Bytes held now. */
    public long bytes() {
        return bytes.get();
    }

    /** Adds bytes, or takes off as many as are negative. */
    public void add(long more) {
        add(more, 0);
    }

    /**
     * Adds bytes, or takes them off.
     *
     * @param shared how many of them other sessions hold too, so that they do not count towards the budget
     */
    public void add(long more, long shared) {
        long now = bytes.addAndGet(more);
        long change = more - shared;
        long after = own.addAndGet(change);
        long counted = counted(after) - counted(after - change);
        if (counted != 0) {
            account.count(counted);
        }
        if (more < 0) {
            onLess.run();
            if (now == 0) {
                account.forgetWhenEmpty();
            }
        }
    }

    /** Takes a reservation of bytes if that does not pass a mark, or if nothing is held; false, with nothing taken, otherwise. */
    public boolean reserve(long more, long mark) {
        while (true) {
            long held = bytes.get();
            if (held > 0 && held + more > mark) {
                return false;
            }
            if (bytes.compareAndSet(held, held + more)) {
                return true;
            }
        }
    }

    /** Gives a reservation back. */
    public void unreserve(long less) {
        long now = bytes.addAndGet(-less);
        onLess.run();
        if (now == 0) {
            account.forgetWhenEmpty();
        }
    }

    /** Sets what is called whenever bytes were taken off, on the thread that did it. It must not block. */
    public void onLess(Runnable listener) {
        onLess = listener;
    }

    boolean isEmpty() {
        return bytes.get() == 0;
    }

    long counted() {
        return counted(own.get());
    }

    private static long counted(long held) {
        return Math.max(0, held - MemoryBudget.UNCOUNTED);
    }
}
