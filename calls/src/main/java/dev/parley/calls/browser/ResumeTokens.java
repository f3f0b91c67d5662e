package dev.parley.calls.browser;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the tokens by which browsers find their calls: 192 random bits and, in a cluster, a signature by its secret. So every server of the cluster
 * knows whether a token can be one, before it asks for the call elsewhere. Immutable; thread-safe.
 */
public final class ResumeTokens {

    private static final int RANDOM = 24;
    private static final int SIGNATURE = 16;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "parley resume token".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final List<SecretKeySpec> keys;

    private ResumeTokens(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /** Returns tokens without a signature, for one server. */
    public static ResumeTokens unsigned() {
        return new ResumeTokens(List.of());
    }

    /** Returns signed tokens: the first secret signs, each verifies. */
    public static ResumeTokens signed(List<String> secrets) {
        return new ResumeTokens(secrets.stream()
                .map(secret -> key(mac(key(secret.getBytes(StandardCharsets.UTF_8)), PURPOSE)))
                .toList());
    }

    /** Makes a token that nobody has had. */
    String make() {
        byte[] token = new byte[RANDOM];
        random.nextBytes(token);
        if (!keys.isEmpty()) {
            byte[] signature = signature(keys.getFirst(), token);
            token = Arrays.copyOf(token, RANDOM + SIGNATURE);
            System.arraycopy(signature, 0, token, RANDOM, SIGNATURE);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Whether a server of the cluster has made this token. */
    public boolean isGenuine(String token) {
        if (token.length() > 2 * (RANDOM + SIGNATURE)) {
            return false;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            byte[] made = Arrays.copyOf(bytes, RANDOM);
            return bytes.length == RANDOM + SIGNATURE && keys.stream()
                    .anyMatch(key -> MessageDigest.isEqual(signature(key, made),
                            Arrays.copyOfRange(bytes, RANDOM, bytes.length)));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static byte[] signature(SecretKeySpec key, byte[] made) {
        return Arrays.copyOf(mac(key, made), SIGNATURE);
    }

    private static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
