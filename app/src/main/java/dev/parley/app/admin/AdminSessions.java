package dev.parley.app.admin;

import dev.parley.app.config.AdminKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sessions of the admin page. A session is a signed text in a cookie, so that every server with the same secret knows it. It ends after eight
 * hours, when somebody logs out, and when the password or the token changes. Secrets are compared in constant time. After ten failures in a minute,
 * from any client, all logins at this server are rejected for the rest of that minute. Thread-safe.
 */
public final class AdminSessions {
    private static final int FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofHours(8);

    private final AdminKeys keys;
    private final InstantSource clock;
    private final SignedText cookies;
    private final SignedText csrfs;
    private final EndedLogins ended;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Instant> failures = new ArrayDeque<>();

    /** @param secrets sign the sessions: the first signs, each verifies */
    public AdminSessions(AdminKeys keys, InstantSource clock, List<String> secrets, EndedLogins ended) {
        this.keys = keys;
        this.clock = clock;
        this.ended = ended;
        this.cookies = SignedText.of("admin session " + keys.fingerprint(), secrets);
        this.csrfs = SignedText.of("admin csrf " + keys.fingerprint(), secrets);
    }

    /**
     * A login session.
     *
     * @param cookie signed, a secret of the browser
     * @param id     names it; in the cookie
     * @param csrf   a second secret, which the page sends with each request that changes something
     */
    public record Session(String cookie, String id, String csrf, Instant until) {
        /** Contains no secret. */
        @Override
        public String toString() {
            return "Session[until " + until + "]";
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
        } finally {
            lock.unlock();
        }
        Instant until = now.plus(LIFE);
        String id = secret();
        return new Login.In(
                new Session(cookies.sign(id + " " + until.toEpochMilli()), id, csrfs.sign(id), until));
    }

    /** Returns the session of this cookie, unless it has ended. */
    public Optional<Session> find(String cookie) {
        return cookies.verify(cookie).map(text -> text.split(" ", 2)).flatMap(parts -> {
            var until = Instant.ofEpochMilli(Long.parseLong(parts[1]));
            return until.isAfter(clock.instant()) && !ended.contains(parts[0])
                    ? Optional.of(new Session(cookie, parts[0], csrfs.sign(parts[0]), until))
                    : Optional.empty();
        });
    }

    /** Whether this is a CSRF token of the session. */
    public boolean hasCsrf(Session session, String token) {
        return csrfs.verify(token).filter(session.id()::equals).isPresent();
    }

    /** Ends a session. */
    public void logout(Session session) {
        ended.add(session.id(), session.until());
    }

    private String secret() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
