package dev.parley.server.admin;

import dev.parley.server.RefusedException;
import dev.parley.server.engine.FailedAttempts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * Authenticates the page by user name and password, and afterwards by the session that it received. Compares in constant time. After ten
 * failures in a minute from one address, it can log in by password seldom ({@link FailedAttempts}). Sessions expire after a day; above a hundred sessions
 * the oldest is removed. Thread-safe.
 */
final class AdminGate {
    private static final int SESSIONS = 100;
    private static final Duration LIFE = Duration.ofDays(1);

    private final AdminOptions options;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> sessions = new LinkedHashMap<>();
    private final FailedAttempts attempts = new FailedAttempts();

    AdminGate(AdminOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /**
     * Returns the session of an authorised page: a new one, or the one that it presented.
     *
     * @param address the address of the page's client
     * @param auth    the values that the page sent when it joined
     * @throws RefusedException if the credentials are wrong, or if there were too many failures
     */
    String admit(String address, JsonNode auth) throws RefusedException {
        Instant now = clock.instant();
        lock.lock();
        try {
            String shown = auth.path("sessionId").asString("");
            Instant begun = sessions.get(shown);
            if (begun != null && begun.plus(LIFE).isAfter(now)) {
                return shown;
            }
            if (!attempts.next(address, now).filter(Duration::isZero).isPresent()) {
                throw new RefusedException("too many attempts from your address, try again in a minute");
            }
            boolean user = same(auth.path("username").asString(""), options.username());
            boolean password = same(auth.path("password").asString(""), options.password());
            if (!user || !password) {
                attempts.failed(address, now);
                throw new RefusedException("invalid credentials");
            }
            return begin(now);
        } finally {
            lock.unlock();
        }
    }

    private String begin(Instant now) {
        if (sessions.size() >= SESSIONS) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String session = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(session, now);
        return session;
    }

    /** Compares digests, so that timing does not reveal even the length. */
    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(digest(given), digest(wanted));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
