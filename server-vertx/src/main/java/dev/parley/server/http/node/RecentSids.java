package dev.parley.server.http.node;

import java.util.LinkedHashMap;
import java.util.Map;

/** Session ids that were added last. Safe from any thread. Limit: a number of ids; the oldest goes for a new one. */
public final class RecentSids {
    private final Map<String, Boolean> sids;

    /** Creates an empty collection. */
    public RecentSids(int limit) {
        this.sids = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > limit;
            }
        };
    }

    /** Adds an id. */
    public synchronized void add(String sid) {
        sids.put(sid, true);
    }

    /** Returns whether an id was added, and has not been displaced since. */
    public synchronized boolean contains(String sid) {
        return sids.containsKey(sid);
    }
}
