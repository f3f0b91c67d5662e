package dev.parley.server.engine;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that a session holds in one direction. Each caller that adds bytes subtracts them again. Safe from any thread. */
public final class ByteGauge {
    private final MemoryAccount account;
    private final AtomicLong bytes = new AtomicLong();
    /** The {@link #bytes} without those that other sessions hold too. */
    private final AtomicLong own = new AtomicLong();
    private volatile Runnable onLess = () -> {};

    ByteGauge(MemoryAccount account) {
        this.account = account;
    }

    /** Returns the bytes held now. */
    public long bytes() {
        return bytes.get();
    }

    /** Adds bytes, or subtracts them if the number is negative. */
    public void add(long more) {
        add(more, 0);
    }

    /**
     * Adds bytes, or subtracts them if the number is negative.
     *
     * @param shared the part of them that other sessions hold too, which does not count towards the budget
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

    /** Reserves bytes if they stay within a limit, or if no bytes are held; returns false if nothing was reserved. */
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

    /** Releases a reservation. */
    public void unreserve(long less) {
        long now = bytes.addAndGet(-less);
        onLess.run();
        if (now == 0) {
            account.forgetWhenEmpty();
        }
    }

    /** Sets the listener that is called when bytes were subtracted, on the thread that did it. It must not block. */
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
