package dev.parley.server.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session's share of the {@link MemoryBudget}, in both directions. It outlives the session while handlers still hold its events or its
 * connection still holds its bytes. Safe from any thread.
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

    /** Returns the bytes from the client: incomplete messages and bodies, and events that wait for handlers. */
    public ByteGauge incoming() {
        return incoming;
    }

    /** Returns the bytes for the client, from {@code emit} until the network has accepted them. */
    public ByteGauge outgoing() {
        return outgoing;
    }

    /** Ends the account of a session that has ended, once its last bytes are released. */
    public void close() {
        closed = true;
        forgetWhenEmpty();
    }

    /** Returns the bytes held in both directions. */
    public long held() {
        return incoming.bytes() + outgoing.bytes();
    }

    /** Returns the bytes that count towards the budget. */
    long counted() {
        return incoming.counted() + outgoing.counted();
    }

    boolean isEnding() {
        return ending.get();
    }

    /** Ends the session that holds the bytes; returns false if that was done before. */
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
