package dev.parley.server.engine;

import java.security.SecureRandom;
import java.util.Base64;

/** Names that nobody can guess: 144 random bits. Safe from any thread. */
public final class SessionIds {
    private static final int BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final String prefix;

    /** @param tag the owner's, put in front of each id, so that any server can tell whose it is */
    public SessionIds(String tag) {
        this.prefix = tag.isEmpty() ? "" : tag + "_";
    }

    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
