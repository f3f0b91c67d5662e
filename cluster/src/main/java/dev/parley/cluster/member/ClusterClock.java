package dev.parley.cluster.member;

import java.time.InstantSource;

/** The time of Redis, as far as it is known: that of its last response, and what has passed here since. Safe from any thread. */
final class ClusterClock {
    private final InstantSource passing;
    private volatile long offset;

    /** @param passing measures time that has passed */
    ClusterClock(InstantSource passing) {
        this.passing = passing;
    }

    /** Redis has this time now. */
    void set(long millis) {
        offset = millis - passing.millis();
    }

    long millis() {
        return passing.millis() + offset;
    }
}
