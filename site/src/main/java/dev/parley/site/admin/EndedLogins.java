package dev.parley.site.admin;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The logins that have ended before their time, here or at another server. Keeps at most {@value #LIMIT} of this server. Thread-safe. */
public final class EndedLogins {

    private static final int LIMIT = 100;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> here = new HashMap<>();
    private volatile Set<String> elsewhere = Set.of();

    public EndedLogins(InstantSource clock) {
        this.clock = clock;
    }

    void add(String id, Instant until) {
        lock.lock();
        try {
            here.values().removeIf(end -> end.isBefore(clock.instant()));
            if (here.size() >= LIMIT) {
                here.entrySet()
                        .stream()
                        .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                        .ifPresent(first -> here.remove(first.getKey()));
            }
            here.put(id, until);
        } finally {
            lock.unlock();
        }
    }

    boolean contains(String id) {
        return here().containsKey(id) || elsewhere.contains(id);
    }

    /** Returns those of this server, and until when each would have lasted. */
    public Map<String, Instant> here() {
        lock.lock();
        try {
            return Map.copyOf(here);
        } finally {
            lock.unlock();
        }
    }

    /** Takes those of all servers. */
    public void heard(List<String> ids) {
        elsewhere = Set.copyOf(ids);
    }
}
