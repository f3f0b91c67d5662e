package dev.parley.calls.admission;

import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.calls.visitor.Visitor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What each user has spent today. Knows users by a digest, so that their names and addresses are not kept. At most {@value #MOST}; then the one who
 * spent longest ago is forgotten. Not thread-safe: its budget has the lock.
 */
final class UserSums {

    static final int MOST = 10_000;

    private final Map<String, Spent> sums = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Spent> eldest) {
            return size() > MOST;
        }
    };

    private final UnaryOperator<String> networks;

    /** @param networks names the network of an address */
    UserSums(UnaryOperator<String> networks) {
        this.networks = networks;
    }

    void add(Visitor visitor, Spent more) {
        sums.merge(key(visitor), more, Spent::plus);
    }

    Spent of(Visitor visitor) {
        return sums.getOrDefault(key(visitor), Spent.NOTHING);
    }

    /** Returns the sums by the digests of their users. */
    Map<String, Spent> all() {
        return new LinkedHashMap<>(sums);
    }

    /** Takes sums that were kept. */
    void restore(Map<String, Spent> kept) {
        sums.putAll(kept);
    }

    void clear() {
        sums.clear();
    }

    /** The user, or those who share an address if there is no user. */
    private String key(Visitor visitor) {
        String who = visitor.user().isEmpty() ? "address " + networks.apply(visitor.address())
                : "user " + visitor.user();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(who.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
