package dev.parley.site.admin;

import dev.parley.access.SignedText;
import dev.parley.server.engine.FailedAttempts;
import dev.parley.settings.AdminKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of the admin page. A session is a signed text in a cookie, so that every server with the same secret knows it. It ends after eight
 * hours, when somebody logs out, and when the password or the token changes. Secrets are compared in constant time. After ten failures in a minute
 * from one address its next attempts wait ({@link FailedAttempts}). Thread-safe.
 */
public final class AdminSessions {
    private static final Duration LIFE = Duration.ofHours(8);

    private final AdminKeys keys;
    private final InstantSource clock;
    private final SignedText cookies;
    private final SignedText csrfs;
    private final EndedLogins ended;
    private final SecureRandom random = new SecureRandom();
    private final FailedAttempts attempts;

    /**
     * @param secrets  sign the sessions: the first signs, each verifies
     * @param attempts wrong passwords and tokens of all kinds
     */
    public AdminSessions(AdminKeys keys, InstantSource clock, List<String> secrets, EndedLogins ended,
            FailedAttempts attempts) {
        this.attempts = attempts;
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

        /** The password was not checked, because too many attempts of its address wait. */
        record TooMany() implements Login {}

        /** The password is checked after this time. */
        record Later(Duration delay) implements Login {}
    }

    /** Checks a password and creates a session if it is correct, unless it has to wait for {@link #check}. */
    public Login login(String address, String given) {
        Optional<Duration> wait = attempts.next(address, clock.instant());
        if (wait.isEmpty()) {
            return new Login.TooMany();
        }
        return wait.get().isZero() ? check(address, given) : new Login.Later(wait.get());
    }

    /** Checks a password that has waited. */
    public Login check(String address, String given) {
        Instant now = clock.instant();
        if (!keys.accepts(given)) {
            attempts.failed(address, now);
            return new Login.Wrong();
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
