package dev.parley.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Signs and reads the cookies that name a browser: a random id and the time at which it expires. Cookies of different purposes are not exchangeable.
 * Immutable; thread-safe.
 */
public final class VisitorCookie {

    private static final int LONGEST = 300;

    private final SignedText signer;
    private final Duration life;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** The content of a cookie. */
    public record Content(String id, Instant until) {}

    /**
     * @param purpose what a cookie stands for; another purpose does not accept it
     * @param secrets the first signs, each verifies
     */
    public VisitorCookie(String purpose, List<String> secrets, Duration life, InstantSource clock) {
        this.signer = SignedText.of("visitor " + purpose, secrets);
        this.life = life;
        this.clock = clock;
    }

    /** Returns the value of a new cookie for a new id. */
    public String issue() {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        return renew(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Returns the value of a new cookie for a known id. */
    public String renew(String id) {
        return signer.sign(id + " " + clock.instant().plus(life).getEpochSecond());
    }

    /** Returns the content of a cookie if its signature is right, also if it has expired. */
    public Optional<Content> read(String cookie) {
        return cookie.length() > LONGEST ? Optional.empty() : signer.verify(cookie).map(text -> {
            int space = text.indexOf(' ');
            return new Content(text.substring(0, space),
                    Instant.ofEpochSecond(Long.parseLong(text.substring(space + 1))));
        });
    }

    /** Returns whether a cookie has expired. */
    public boolean isOver(Content content) {
        return !content.until().isAfter(clock.instant());
    }

    /** Returns whether a cookie has lived for more than half of its life, so that it is time to renew it. */
    public boolean isOld(Content content) {
        return content.until().minus(life.dividedBy(2)).isBefore(clock.instant());
    }

    /** How long a cookie lives. */
    public Duration life() {
        return life;
    }
}
