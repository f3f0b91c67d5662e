package dev.parley.server.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Instants that only go forward, at the pace of the machine's timer: a wall clock set by an hour must not end every session. */
final class MonotonicClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long origin = System.nanoTime();
    private final AtomicLong ahead = new AtomicLong();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - origin + ahead.get());
    }

    /** Puts the clock forward. */
    void advance(Duration by) {
        ahead.addAndGet(by.toNanos());
    }
}
