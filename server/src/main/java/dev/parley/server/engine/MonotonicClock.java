package dev.parley.server.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only moves forward: a change of the wall clock must not end all sessions. Safe from any thread. */
final class MonotonicClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long origin = System.nanoTime();
    private final AtomicLong ahead = new AtomicLong();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - origin + ahead.get());
    }

    /** Moves the clock forward. */
    void advance(Duration by) {
        ahead.addAndGet(by.toNanos());
    }
}
