package dev.parley.server.engine;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Generates unguessable session ids, of 144 random bits. Safe from any thread. */
public final class SessionIds {
    private static final int BYTES = 18;
    /** A tag has no underscore, so it ends at the first. */
    private static final Pattern TAGGED = Pattern.compile("([A-Za-z0-9]{1,16})_[A-Za-z0-9_-]{20,100}");

    private final SecureRandom random = new SecureRandom();
    private final String prefix;

    /**
     * Creates a generator.
     *
     * @param tag the prefix of each id, so that any server can tell which server owns a session; empty for none
     */
    public SessionIds(String tag) {
        this.prefix = tag.isEmpty() ? "" : tag + "_";
    }

    /** Returns a new session id. */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return tagged(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Returns an id generated elsewhere, with the tag as its prefix. */
    public String tagged(String name) {
        return prefix + name;
    }

    /** Returns the tag of the server that owns a session, which may have ended; empty if the text has no tag. */
    public static Optional<String> owner(String sid) {
        var parts = TAGGED.matcher(sid);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }
}
