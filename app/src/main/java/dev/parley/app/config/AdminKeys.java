package dev.parley.app.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Stream;

/** What opens the admin page: a password for people, a token for programs, or both. Compared in a time that tells nothing. */
public record AdminKeys(Optional<String> password, Optional<String> token) {

    /** Whether there is any key; without one there is no admin page. */
    public boolean any() {
        return password.isPresent() || token.isPresent();
    }

    /** The key of the official Admin UI, which has room for one. */
    public String first() {
        return password.or(() -> token).orElseThrow();
    }

    /** Whether a person who gives this may log in; a token does as well. */
    public boolean opens(String given) {
        return Stream.of(password, token).flatMap(Optional::stream).anyMatch(key -> same(key, given));
    }

    /** Whether two secrets are the same. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Never with its secrets. */
    @Override
    public String toString() {
        return "AdminKeys";
    }
}
