package dev.parley.server.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs faults that clients cause by leaving early or by sending invalid data: at debug level, without stack traces, at most {@value
 * #PER_MINUTE} lines a minute. The next minute's first line counts the omitted ones. Thread-safe.
 */
final class ClientFaults {
    static final int PER_MINUTE = 60;

    private static final Logger LOG = LoggerFactory.getLogger(ClientFaults.class);

    private final LongSupplier nanoTime;
    private long minute;
    private int lines;

    ClientFaults() {
        this(System::nanoTime);
    }

    /** For tests. */
    ClientFaults(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.minute = nanoTime.getAsLong();
    }

    /** Logs a fixed text, unless the limit of this minute is reached. */
    void log(String what) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        int omitted;
        synchronized (this) {
            omitted = 0;
            long now = nanoTime.getAsLong();
            if (now - minute >= TimeUnit.MINUTES.toNanos(1)) {
                omitted = Math.max(0, lines - PER_MINUTE);
                minute = now;
                lines = 0;
            }
            if (++lines > PER_MINUTE) {
                return;
            }
        }
        if (omitted > 0) {
            LOG.debug("{} (and {} faults of clients that were not logged)", what, omitted);
        } else {
            LOG.debug("{}", what);
        }
    }
}
