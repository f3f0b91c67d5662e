package dev.parley.access;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs short texts with HMAC-SHA-256, for one purpose. The first key signs, each of them verifies, so that keys can be exchanged. Keys of different
 * purposes are independent, although they come from the same secrets. Immutable; thread-safe.
 */
public final class SignedText {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST = 4_000;

    private final List<SecretKeySpec> keys = new ArrayList<>();

    private SignedText(String purpose, List<byte[]> secrets) {
        for (byte[] secret : secrets) {
            keys.add(key(mac(key(secret), "parley " + purpose)));
        }
    }

    /**
     * Returns the signatures of this purpose.
     *
     * @param secrets at least one
     */
    public static SignedText of(String purpose, List<String> secrets) {
        return new SignedText(purpose,
                secrets.stream().map(secret -> secret.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** Returns a secret that nobody else knows. */
    public static String randomSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the text, which is readable, with its signature: letters, digits, {@code -}, {@code _} and a dot. */
    public String sign(String text) {
        String body = encoded(text.getBytes(StandardCharsets.UTF_8));
        return body + "." + encoded(mac(keys.getFirst(), body));
    }

    /** Returns the signed text, if its signature is right. */
    public Optional<String> verify(String signed) {
        int dot = signed.indexOf('.');
        if (dot < 0 || signed.length() > LONGEST) {
            return Optional.empty();
        }
        String body = signed.substring(0, dot);
        try {
            byte[] given = Base64.getUrlDecoder().decode(signed.substring(dot + 1));
            boolean right = keys.stream().anyMatch(key -> MessageDigest.isEqual(mac(key, body), given));
            return right
                    ? Optional.of(new String(Base64.getUrlDecoder().decode(body), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
