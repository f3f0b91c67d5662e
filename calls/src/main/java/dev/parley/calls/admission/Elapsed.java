package dev.parley.calls.admission;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that token buckets fill by: the wall clock's, but it stands still instead of running backwards. Thread-safe. */
final class Elapsed implements TimeMeter {

    private final InstantSource clock;
    private Instant last;
    private long nanos;

    Elapsed(InstantSource clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    @Override
    public synchronized long currentTimeNanos() {
        Instant now = clock.instant();
        if (now.isAfter(last)) {
            nanos += Duration.between(last, now).toNanos();
        }
        last = now;
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
