package dev.parley.app.call;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a browser may come back to, each under a token of 192 random bits that only its browser was told, and those whose browser
 * is away. Only so many may wait; who waits longest gives way first. Thread-safe; never waits.
 */
final class ResumableCalls {

    private static final int TOKEN_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Call> byToken = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Call> away = new LinkedHashSet<>();
    private final Duration patience;
    private final int most;

    /**
     * Nobody is away yet.
     *
     * @param patience how long a call waits for its browser; zero is not at all
     * @param most     how many calls may wait
     */
    ResumableCalls(Duration patience, int most) {
        this.patience = patience;
        this.most = most;
    }

    Duration patience() {
        return patience;
    }

    /** Makes the token by which a browser finds the call again. */
    String offer(Call call) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byToken.put(token, call);
        return token;
    }

    @Nullable Call find(String token) {
        return byToken.get(token);
    }

    /** The call's browser is away. */
    void away(Call call) {
        lock.lock();
        try {
            away.add(call);
        } finally {
            lock.unlock();
        }
        if (away() > most) {
            giveWay();
        }
    }

    /** The call's browser is back. */
    void back(Call call) {
        lock.lock();
        try {
            away.remove(call);
        } finally {
            lock.unlock();
        }
    }

    /** The call is over. */
    void over(Call call, @Nullable String token) {
        back(call);
        if (token != null) {
            byToken.remove(token);
        }
    }

    /** Somebody who is here needs the place of somebody who is not. */
    void giveWay() {
        List<Call> waiting = waiting();
        if (!waiting.isEmpty()) {
            waiting.getFirst().giveUp();
        }
    }

    /** Nobody is waited for any longer. */
    void giveUp() {
        waiting().forEach(Call::giveUp);
    }

    /** How many calls wait for their browser. */
    int away() {
        lock.lock();
        try {
            return away.size();
        } finally {
            lock.unlock();
        }
    }

    private List<Call> waiting() {
        lock.lock();
        try {
            return List.copyOf(away);
        } finally {
            lock.unlock();
        }
    }
}
