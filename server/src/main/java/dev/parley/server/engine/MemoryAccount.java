package dev.parley.server.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one session holds of the {@link MemoryBudget}, in both directions. It outlives the session while handlers still have its events or
 * its connection still has its bytes. Safe from any thread.
 */
public final class MemoryAccount {
    private final MemoryBudget budget;
    private final Runnable end;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ByteGauge incoming;
    private final ByteGauge outgoing;
    private volatile boolean closed;

    MemoryAccount(MemoryBudget budget, Runnable end) {
        this.budget = budget;
        this.end = end;
        this.incoming = new ByteGauge(this);
        this.outgoing = new ByteGauge(this);
    }

    /** Bytes from the client: incomplete messages and bodies, and events that wait for handlers. */
    public ByteGauge incoming() {
        return incoming;
    }

    /** Bytes for the client: from {@code emit} until the network has taken them. */
    public ByteGauge outgoing() {
        return outgoing;
    }

    /** The session has ended: the account goes when the last bytes are given back. */
    public void close() {
        closed = true;
        forgetWhenEmpty();
    }

    /** Bytes held in both directions. */
    public long held() {
        return incoming.bytes() + outgoing.bytes();
    }

    /** Bytes that count towards the budget. */
    long counted() {
        return incoming.counted() + outgoing.counted();
    }

    boolean isEnding() {
        return ending.get();
    }

    /** Ends what holds the bytes; false when that was done before. */
    boolean end() {
        if (!ending.compareAndSet(false, true)) {
            return false;
        }
        end.run();
        return true;
    }

    void count(long bytes) {
        budget.add(bytes);
    }

    void forgetWhenEmpty() {
        if (closed && incoming.isEmpty() && outgoing.isEmpty()) {
            budget.forget(this);
        }
    }
}
