package dev.parley.server.engine;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names that nobody can guess: 144 random bits. Safe from any thread. */
public final class SessionIds {
    private static final int BYTES = 18;
    /** A tag has no underscore, so it ends at the first. */
    private static final Pattern TAGGED = Pattern.compile("([A-Za-z0-9]{1,16})_[A-Za-z0-9_-]{20,100}");

    private final SecureRandom random = new SecureRandom();
    private final String prefix;

    /**
     * A maker of ids.
     *
     * @param tag the owner's, put in front of each id, so that any server can tell whose it is; empty for none
     */
    public SessionIds(String tag) {
        this.prefix = tag.isEmpty() ? "" : tag + "_";
    }

    /** A new one. */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return tagged(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** A name made elsewhere, with the owner's tag in front. */
    public String tagged(String name) {
        return prefix + name;
    }

    /** The tag of the server to which a session belongs; empty when the text is no such id. Says nothing about whether it lives. */
    public static Optional<String> owner(String sid) {
        var parts = TAGGED.matcher(sid);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }
}
