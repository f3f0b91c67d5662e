package dev.parley.server.engine;

import java.time.Instant;
import java.time.InstantSource;

/** Instants that only go forward, at the pace of the machine's timer: a wall clock set by an hour must not end every session. */
final class MonotonicClock implements InstantSource {
    private final Instant start = Instant.now();
    private final long origin = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - origin);
    }
}
