package dev.parley.server.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows the guessing of passwords and tokens: an address (of IPv6, one /64) from which ten were wrong within a minute gets its next ones checked three
 * seconds apart, at most five of them waiting, so that the right one still works. Other addresses do not notice. Remembers 1 000 addresses; then the one
 * that was here longest ago is forgotten. Thread-safe.
 */
public final class FailedAttempts {
    private static final int FREE = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration APART = Duration.ofSeconds(3);
    private static final int WAITING = 5;
    private static final int ADDRESSES = 1_000;

    private final Map<String, Address> addresses = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Address> eldest) {
            return size() > ADDRESSES;
        }
    };

    private static final class Address {
        private final Deque<Instant> failures = new ArrayDeque<>();
        private Instant last = Instant.MIN;
    }

    /** Creates a record of no attempts. */
    public FailedAttempts() {}

    /** Returns how long the next attempt from this address has to wait before it is checked; empty if it is not checked at all. */
    public synchronized Optional<Duration> next(String address, Instant now) {
        Address known = addresses.get(ClientNetwork.of(address));
        if (known == null) {
            return Optional.of(Duration.ZERO);
        }
        while (!known.failures.isEmpty() && !known.failures.getFirst().plus(WINDOW).isAfter(now)) {
            known.failures.removeFirst();
        }
        if (known.failures.size() < FREE) {
            return Optional.of(Duration.ZERO);
        }
        Instant turn = (known.last.isAfter(now) ? known.last : now).plus(APART);
        Duration wait = Duration.between(now, turn);
        if (wait.compareTo(APART.multipliedBy(WAITING)) > 0) {
            return Optional.empty();
        }
        known.last = turn;
        return Optional.of(wait);
    }

    /** An attempt from this address was wrong. */
    public synchronized void failed(String address, Instant now) {
        Address known = addresses.computeIfAbsent(ClientNetwork.of(address), any -> new Address());
        known.failures.addLast(now);
        if (known.failures.size() > FREE) {
            known.failures.removeFirst();
        }
    }
}
