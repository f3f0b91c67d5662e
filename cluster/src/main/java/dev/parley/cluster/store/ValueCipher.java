package dev.parley.cluster.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts values with the secret of a cluster, and decrypts those of its servers. A value is bound to the name under which it is kept: under
 * another one it cannot be read. Immutable and thread-safe.
 *
 * <p>
 * Format: one byte with the version, 16 random bytes from which the key of this value is derived (HKDF, RFC 5869), a random nonce of 12 bytes,
 * and the output of AES-256-GCM with its tag. A key for each value keeps the number of values below the limits of random nonces.
 */
public final class ValueCipher {

    private static final byte VERSION = 1;
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;
    private static final int HEADER = 1 + SALT + NONCE;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first one encrypts. */
    private final List<byte[]> roots;

    /**
     * Creates the cipher of one purpose.
     *
     * @param secrets of the cluster; the first one encrypts, each of them decrypts
     * @param purpose what is encrypted; values of different purposes have different keys
     * @throws IllegalArgumentException when there is no secret
     */
    public ValueCipher(List<byte[]> secrets, String purpose) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("values cannot be encrypted without a secret of the cluster");
        }
        this.roots = secrets.stream()
                .map(secret -> Hkdf.expand(Hkdf.extract(new byte[0], secret),
                        Hkdf.purpose("parley " + purpose), KEY))
                .toList();
    }

    /** Encrypts a value that is kept under this name. */
    public byte[] encrypt(String name, byte[] value) {
        byte[] salt = random(SALT);
        byte[] nonce = random(NONCE);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, roots.getFirst(), salt, nonce, name);
            return ByteBuffer.allocate(HEADER + cipher.getOutputSize(value.length))
                    .put(VERSION)
                    .put(salt)
                    .put(nonce)
                    .put(cipher.doFinal(value))
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Decrypts a value that is kept under this name; empty if it is none of this cluster's, or was changed. */
    public Optional<byte[]> decrypt(String name, byte[] encrypted) {
        if (encrypted.length < HEADER + TAG_BITS / 8 || encrypted[0] != VERSION) {
            return Optional.empty();
        }
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        ByteBuffer.wrap(encrypted, 1, SALT + NONCE).get(salt).get(nonce);
        return roots.stream()
                .flatMap(root -> decrypt(root, salt, nonce, name, encrypted).stream())
                .findFirst();
    }

    private static Optional<byte[]> decrypt(byte[] root, byte[] salt, byte[] nonce, String name,
            byte[] encrypted) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, root, salt, nonce, name).doFinal(encrypted, HEADER,
                    encrypted.length - HEADER));
        } catch (GeneralSecurityException notThisSecret) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, byte[] root, byte[] salt, byte[] nonce, String name)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(Hkdf.expand(root, salt, KEY), "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[]{VERSION});
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
