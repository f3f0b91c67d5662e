package dev.parley.server.http.header;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Returns one shared instance of equal texts seen lately: handshakes are kept with every session, and thousands have the same headers.
 * Bounded in number and size. Safe from any thread.
 */
public final class RecentStrings {
    /** Headers whose values are equal for many clients; none is a secret. */
    public static final Set<String> COMMON_HEADERS = Set.of("accept", "accept-encoding", "accept-language",
            "cache-control", "connection", "content-type", "host", "origin", "pragma", "sec-ch-ua",
            "sec-ch-ua-mobile", "sec-ch-ua-platform", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site",
            "sec-websocket-extensions", "sec-websocket-version", "upgrade", "user-agent", "via",
            "x-forwarded-host", "x-forwarded-proto");

    private static final int SLOTS = 512;
    private static final int MAX_LENGTH = 256;

    private final AtomicReferenceArray<String> slots = new AtomicReferenceArray<>(SLOTS);

    public String share(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        String seen = slots.get(slot);
        if (text.equals(seen)) {
            return seen;
        }
        slots.set(slot, text);
        return text;
    }
}
