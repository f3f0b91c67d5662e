package dev.parley.server.engine;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The memory that all clients together may occupy: events that wait for handlers, messages and request bodies that are not complete,
 * packets that wait for clients, and bytes on their way into connections that take no more. When it is exceeded, the sessions that hold most
 * are ended until a tenth of it is free. Safe from any thread; adding bytes costs one or two additions, and a look at every account at most
 * once in {@code SCAN_NANOS} while the budget is exceeded.
 */
public final class MemoryBudget {
    /** Bytes of an account, in each direction, that are not counted: a session costs as much without any queue. */
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
     * A budget of which nothing is used.
     *
     * @param limit bytes of all accounts together
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
     * @param end called at most once, on any thread, when what the account holds has to be given back; must not block
     */
    public MemoryAccount open(Runnable end) {
        var account = new MemoryAccount(this, end);
        accounts.add(account);
        return account;
    }

    /** Bytes that all accounts may hold together. */
    public long limit() {
        return limit;
    }

    /** Bytes that all accounts hold now, as far as they are counted. */
    public long used() {
        return used.get();
    }

    /** Accounts that were ended because the budget was exceeded, since the start. */
    public long ended() {
        return ended.sum();
    }

    /** Whether nobody new should be admitted. */
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
                return; // what is ending already brings it below the limit
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

    /** An account with what it held when it was looked at: a sort needs values that stay. */
    private record Candidate(MemoryAccount account, long held) {}
}
