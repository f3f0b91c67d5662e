package dev.parley.server.http.node;

import java.util.concurrent.atomic.AtomicLong;

/** A number of bytes with a limit. Safe from any thread. */
public final class ByteLimit {
    private final AtomicLong bytes = new AtomicLong();
    private final long limit;

    /** @param limit in bytes */
    public ByteLimit(long limit) {
        this.limit = limit;
    }

    /** Adds bytes, or subtracts them if negative. */
    public void add(long more) {
        bytes.addAndGet(more);
    }

    /** Returns whether there are more than the limit. */
    public boolean isExceeded() {
        return bytes.get() > limit;
    }

    /** Returns the number of bytes. */
    public long bytes() {
        return bytes.get();
    }
}
