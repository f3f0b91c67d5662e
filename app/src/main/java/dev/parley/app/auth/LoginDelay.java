package dev.parley.app.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slows guesses at a password down, for each address alone: five at once, then one every two seconds, in turn. Others are not affected, and the right
 * password works after its turn. Of an IPv6 address the first 64 bits count, since one customer has all of the others. Knows at most {@value #LIMIT}
 * addresses, and forgets the one that tried longest ago. Thread-safe.
 */
public final class LoginDelay {

    private static final int LIMIT = 10_000;
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 5;
    private static final int MOST_WAITING = 10;

    private final ReentrantLock lock = new ReentrantLock();
    /** When the next attempt of an address would have its turn if none were free; in the order of the last attempts. */
    private final Map<String, Instant> turns = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > LIMIT;
        }
    };

    /** Takes a turn for an attempt; returns how long it must wait, or empty if too many attempts of the address wait already. */
    public Optional<Duration> take(String address, Instant now) {
        String key = key(address);
        lock.lock();
        try {
            Instant earliest = now.minus(PACE.multipliedBy(AT_ONCE - 1));
            Instant turn = turns.getOrDefault(key, Instant.MIN);
            turn = turn.isBefore(earliest) ? earliest : turn;
            if (turn.isAfter(now.plus(PACE.multipliedBy(MOST_WAITING)))) {
                return Optional.empty();
            }
            turns.put(key, turn.plus(PACE));
            return Optional.of(turn.isAfter(now) ? Duration.between(now, turn) : Duration.ZERO);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the attempts of an address, after the right password. */
    public void forget(String address) {
        lock.lock();
        try {
            turns.remove(key(address));
        } finally {
            lock.unlock();
        }
    }

    private static String key(String address) {
        return AddressGroup.of(address);
    }
}
