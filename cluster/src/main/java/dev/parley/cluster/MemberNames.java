package dev.parley.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that no other server has, by chance. Safe from any thread. */
final class MemberNames {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int BYTES = 8;

    private final SecureRandom random = new SecureRandom();

    /** Returns 16 hexadecimal digits, as the adapters of Node.js have. */
    String unique() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns letters and digits. */
    String letters(int length) {
        var name = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
