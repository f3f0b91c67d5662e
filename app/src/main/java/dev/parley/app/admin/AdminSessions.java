package dev.parley.app.admin;

import dev.parley.app.config.AdminKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sessions of the admin page. Secrets are compared in constant time. After ten failures in a minute, from any client, all logins
 * are rejected for the rest of that minute. A session ends after eight hours; beyond twenty the oldest ends. Thread-safe.
 */
public final class AdminSessions {
    private static final int FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int SESSIONS = 20;
    private static final Duration LIFE = Duration.ofHours(8);

    private final AdminKeys keys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Deque<Instant> failures = new ArrayDeque<>();

    public AdminSessions(AdminKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A login session.
     *
     * @param id   a secret, stored in the cookie
     * @param csrf a second secret, which the page sends with each request that changes something
     */
    public record Session(String id, String csrf, Instant until) {
        /** Contains no secret. */
        @Override
        public String toString() {
            return "Session[until " + until + "]";
        }

        /** Returns whether a request's token is this session's CSRF token. */
        public boolean hasCsrf(String token) {
            return AdminKeys.same(token, csrf);
        }
    }

    /** The result of a login. */
    public sealed interface Login {
        /** The password was correct. */
        record In(Session session) implements Login {}

        /** The password was wrong. */
        record Wrong() implements Login {}

        /** The password was not checked, because there were too many wrong ones. */
        record TooMany() implements Login {}
    }

    /** Checks a password and creates a session if it is correct. */
    public Login login(String given) {
        Instant now = clock.instant();
        lock.lock();
        try {
            while (!failures.isEmpty() && !failures.getFirst().plus(WINDOW).isAfter(now)) {
                failures.removeFirst();
            }
            if (failures.size() >= FAILURES) {
                return new Login.TooMany();
            }
            if (!keys.accepts(given)) {
                failures.addLast(now);
                return new Login.Wrong();
            }
            if (sessions.size() >= SESSIONS) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            var session = new Session(secret(), secret(), now.plus(LIFE));
            sessions.put(session.id(), session);
            return new Login.In(session);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the session with this id, unless it has ended. */
    public Optional<Session> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(sessions.get(id))
                    .filter(session -> session.until().isAfter(clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    /** Ends a session. */
    public void logout(Session session) {
        lock.lock();
        try {
            sessions.remove(session.id());
        } finally {
            lock.unlock();
        }
    }

    private String secret() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
