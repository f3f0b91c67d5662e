package dev.parley.server.engine;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Limits the memory of all sessions together: events that wait for handlers, incomplete messages and request bodies, queued packets, and
 * bytes that connections have not accepted yet. When it is exceeded, the sessions that hold the most are ended until a tenth of it is
 * free. Safe from any thread. Adding bytes costs one or two additions, and a scan of all accounts at most once in {@code SCAN_NANOS}
 * while the budget is exceeded.
 */
public final class MemoryBudget {
    /** Bytes of an account, in each direction, that are not counted: a session without a queue needs as many. */
    static final long UNCOUNTED = 4_096;
    private static final long SCAN_NANOS = 10_000_000;

    private final long limit;
    private final LongSupplier nanoTime;
    private final AtomicLong used = new AtomicLong();
    private final LongAdder ended = new LongAdder();
    private final Set<MemoryAccount> accounts = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scanning = new AtomicBoolean();
    private final AtomicLong nextScan;

    /**
     * Creates an unused budget.
     *
     * @param limit maximum number of bytes of all accounts together
     */
    public MemoryBudget(long limit) {
        this(limit, System::nanoTime);
    }

    MemoryBudget(long limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.nextScan = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Opens an account.
     *
     * @param end called at most once, on any thread, when the account's bytes must be released; must not block
     */
    public MemoryAccount open(Runnable end) {
        var account = new MemoryAccount(this, end);
        accounts.add(account);
        return account;
    }

    /** Returns the maximum number of bytes of all accounts together. */
    public long limit() {
        return limit;
    }

    /** Returns the counted bytes of all accounts. */
    public long used() {
        return used.get();
    }

    /** Returns the number of accounts that were ended since the start because the budget was exceeded. */
    public long ended() {
        return ended.sum();
    }

    /** Returns whether the budget is exceeded, so that new sessions should be refused. */
    public boolean exceeded() {
        if (used.get() <= limit) {
            return false;
        }
        relieve();
        return true;
    }

    void add(long bytes) {
        if (used.addAndGet(bytes) > limit && bytes > 0) {
            relieve();
        }
    }

    void forget(MemoryAccount account) {
        accounts.remove(account);
    }

    private void relieve() {
        long now = nanoTime.getAsLong();
        if (now - nextScan.get() < 0 || !scanning.compareAndSet(false, true)) {
            return;
        }
        try {
            nextScan.set(now + SCAN_NANOS);
            long excess = used.get() - (limit - limit / 10);
            for (MemoryAccount account : accounts) {
                excess -= account.isEnding() ? account.counted() : 0;
            }
            if (excess <= limit / 10) {
                return; // the sessions that are ending release enough
            }
            for (Candidate candidate : accounts.stream()
                    .filter(account -> !account.isEnding() && account.counted() > 0)
                    .map(account -> new Candidate(account, account.held()))
                    .sorted(Comparator.comparingLong(Candidate::held).reversed())
                    .toList()) {
                if (excess <= 0) {
                    break;
                }
                excess -= candidate.account().counted();
                if (candidate.account().end()) {
                    ended.increment();
                }
            }
        } finally {
            scanning.set(false);
        }
    }

    /** An account and the bytes it held during the scan: sorting needs values that do not change. */
    private record Candidate(MemoryAccount account, long held) {}
}
