package dev.parley.cluster.store;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys from a secret with HMAC-SHA-256: HKDF, RFC 5869. Stateless. */
final class Hkdf {

    /** Size of a hash, in bytes. */
    static final int HASH = 32;

    private static final String HMAC = "HmacSHA256";

    private Hkdf() {}

    /** RFC 5869, 2.2: returns a key for {@link #expand}. */
    static byte[] extract(byte[] salt, byte[] secret) {
        return hmac(salt.length == 0 ? new byte[HASH] : salt, secret);
    }

    /** RFC 5869, 2.3: returns {@code length} bytes for this purpose. */
    static byte[] expand(byte[] key, byte[] purpose, int length) {
        if (length > 255 * HASH) {
            throw new IllegalArgumentException("at most " + 255 * HASH + " bytes can be derived");
        }
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, number = 1; at < length; at += HASH, number++) {
            block = hmac(key, block, purpose, new byte[]{(byte) number});
            System.arraycopy(block, 0, output, at, Math.min(HASH, length - at));
        }
        return output;
    }

    static byte[] purpose(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
