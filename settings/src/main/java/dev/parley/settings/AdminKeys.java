package dev.parley.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The secrets for the admin page: a password for people, a token for programs, or both. Compares them in constant time. */
public record AdminKeys(Optional<String> password, Optional<String> token) {

    /** Returns whether any secret is set; without one the admin page is off. */
    public boolean any() {
        return password.isPresent() || token.isPresent();
    }

    /** The secret of the official Admin UI, which accepts only one. */
    public String first() {
        return password.or(() -> token).orElseThrow();
    }

    /** Returns whether this secret allows a login; the token does, too. */
    public boolean accepts(String given) {
        return Stream.of(password, token).flatMap(Optional::stream).anyMatch(key -> same(key, given));
    }

    /** Returns whether two secrets are equal; takes constant time. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    /** Returns a text that changes with the secrets. It is as secret as they are. */
    public String fingerprint() {
        return fingerprint(password.orElse("") + "\n" + token.orElse(""));
    }

    /** Returns a text that changes with a secret. It is as secret as that is. */
    public static String fingerprint(String secret) {
        return HexFormat.of().formatHex(digest(secret));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "AdminKeys";
    }
}
