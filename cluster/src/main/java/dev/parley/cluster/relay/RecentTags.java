package dev.parley.cluster.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Node tags, each for a while. Safe from any thread. Limit: a number of tags; the oldest goes for a new one. */
final class RecentTags {
    private final Map<String, Instant> until;
    private final Duration time;
    private final InstantSource clock;

    /** @param time how long a tag is kept */
    RecentTags(int limit, Duration time, InstantSource clock) {
        this.time = time;
        this.clock = clock;
        this.until = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                return size() > limit;
            }
        };
    }

    synchronized void add(String tag) {
        until.put(tag, clock.instant().plus(time));
    }

    synchronized boolean contains(String tag) {
        var end = until.get(tag);
        if (end != null && !clock.instant().isBefore(end)) {
            until.remove(tag);
            return false;
        }
        return end != null;
    }

    synchronized int size() {
        return until.size();
    }
}
