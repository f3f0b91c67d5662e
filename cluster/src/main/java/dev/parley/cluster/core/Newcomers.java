package dev.parley.cluster.core;

import dev.parley.server.adapter.BroadcastOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The sockets that joined later than the log says that it has been read here. A server that was cut off from Redis reads afterwards what came
 * meanwhile; clients that have come to it from another server in this time have received that there. Safe from any thread.
 */
public final class Newcomers {
    /** The time of the log is known less exactly; a client needs longer from one server to another. In milliseconds. */
    private static final long MARGIN = 50;

    private final ConcurrentMap<String, Long> since = new ConcurrentHashMap<>();
    private final Set<String> restored = ConcurrentHashMap.newKeySet();

    /**
     * A socket joins.
     *
     * @param now the time of the log, in milliseconds
     */
    void joined(String sid, long now) {
        if (!restored.contains(sid)) {
            since.put(sid, now - MARGIN);
        }
    }

    /** Runs what lets a recovered socket join: it is to receive all that has not been read here. */
    void restore(String sid, Runnable join) {
        restored.add(sid);
        try {
            join.run();
        } finally {
            restored.remove(sid);
        }
    }

    /** A socket has left. */
    void left(String sid) {
        since.remove(sid);
    }

    /**
     * Returns the sockets that joined after an entry was added.
     *
     * @param now the time of the log, in milliseconds. Who joined later than that joined before the clock was set back
     */
    Set<String> after(LogId entry, long now) {
        if (since.isEmpty()) {
            return Set.of();
        }
        since.values().removeIf(each -> Long.compareUnsigned(each, entry.millis()) <= 0 || each > now);
        return Set.copyOf(since.keySet());
    }

    /** Returns the options without some sockets. */
    public static BroadcastOptions without(Set<String> sockets, BroadcastOptions to) {
        if (sockets.isEmpty()) {
            return to;
        }
        var except = new HashSet<>(to.except());
        except.addAll(sockets);
        return new BroadcastOptions(to.rooms(), except, to.local(), to.isVolatile(), to.compress());
    }
}
