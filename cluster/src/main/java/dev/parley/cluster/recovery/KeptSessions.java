package dev.parley.cluster.recovery;

import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.Timeouts;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PersistedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of this server's sockets in the log while they are connected, so that they can be recovered when the server is killed: soon after
 * a socket joined or its rooms changed, within 5 s after its data changed, and again before the lifetime ends. A killed server's sessions remain for
 * at least the lifetime and at most a quarter longer. Writes are collected for 100 ms, and at most 2 000 are made at one time. Safe from any thread.
 */
final class KeptSessions {
    private static final Duration COLLECT = Duration.ofMillis(100);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    /** Sweeps in which each session is looked at once. */
    private static final int SHARES = 5;
    private static final int MAX_WRITES = 2_000;

    private final AdapterHost host;
    private final RecoveryLog log;
    private final Timeouts timeouts;
    private final Duration lifetime;
    private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean collecting = new AtomicBoolean();
    private int share;
    private volatile boolean closed;

    KeptSessions(AdapterHost host, RecoveryLog log, Timeouts timeouts, Duration lifetime) {
        this.host = host;
        this.log = log;
        this.timeouts = timeouts;
        this.lifetime = lifetime;
        timeouts.after(SWEEP, this::sweep);
    }

    /** A socket of this server joined the namespace, or its rooms changed. */
    void changed(String id) {
        kept.computeIfAbsent(id, key -> new Kept());
        changed.add(id);
        collect();
    }

    private void collect() {
        if (collecting.compareAndSet(false, true)) {
            timeouts.after(COLLECT, this::flush);
        }
    }

    /** A socket of this server has left: unless it is persisted next, its client cannot recover it. */
    void left(String id) {
        changed.remove(id);
        kept.computeIfPresent(id, (key, session) -> {
            if (session.pid != null) {
                log.delete(session.pid);
            }
            return null;
        });
    }

    /** Keeps the session of a socket that has left. */
    void persist(PersistedSession session) {
        log.encode(session).ifPresent(encoded -> log.save(session.pid(), encoded, lifetime));
    }

    private void flush() {
        collecting.set(false);
        int writes = 0;
        for (var ids = changed.iterator(); ids.hasNext() && writes < MAX_WRITES; writes++) {
            String id = ids.next();
            ids.remove();
            write(id, true);
        }
        if (!changed.isEmpty() && !closed) {
            collect();
        }
    }

    /** Looks for sessions whose data changed, or whose lifetime must be renewed. */
    private void sweep() {
        share = (share + 1) % SHARES;
        int writes = 0;
        for (String id : kept.keySet()) {
            if (Math.floorMod(id.hashCode(), SHARES) == share && writes < MAX_WRITES && write(id, false)) {
                writes++;
            }
        }
        if (!closed) {
            timeouts.after(SWEEP, this::sweep);
        }
    }

    private boolean write(String id, boolean always) {
        var session = host.find(id).flatMap(LocalSocket::session);
        if (session.isEmpty()) {
            return false;
        }
        var encoded = log.encode(session.get());
        String text = encoded.orElse("");
        boolean[] written = {false};
        // Not after the socket has left, so that the client of a socket that was disconnected here cannot recover it.
        kept.computeIfPresent(id, (key, current) -> {
            if (always || current.isDifferent(text) || current.isOlder(lifetime.dividedBy(4))) {
                current.write(session.get().pid(), text);
                written[0] = true;
            }
            return current;
        });
        return written[0];
    }

    void close() {
        closed = true;
    }

    /** What was written of a socket. Changed in its map's order. */
    private final class Kept {
        private @Nullable String pid;
        private int hash;
        private volatile @Nullable Instant at;

        boolean isDifferent(String text) {
            return hash != text.hashCode();
        }

        boolean isOlder(Duration age) {
            var last = at;
            return last == null || last.plus(age).isBefore(host.clock().instant());
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a failure is handled in it
        void write(String privateId, String text) {
            pid = privateId;
            hash = text.hashCode();
            at = host.clock().instant();
            if (text.isEmpty()) {
                log.delete(privateId); // too large: an older state would be wrong
                return;
            }
            log.save(privateId, text, lifetime.plus(lifetime.dividedBy(4)).plus(SWEEP.multipliedBy(SHARES)))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            at = null; // the next sweep tries again
                        }
                    });
        }
    }
}
