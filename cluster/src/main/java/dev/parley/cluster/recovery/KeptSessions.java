package dev.parley.cluster.recovery;

import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.Timeouts;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PersistedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sessions of this server's sockets in the log while they are connected, so that they can be recovered when the server is killed: soon after
 * a socket joined or its rooms changed, within 5 s after its data changed, and again before the lifetime ends. A killed server's sessions remain for
 * at least the lifetime and at most a quarter longer. Writes are collected for 100 ms, and at most 2 000 are made at one time and
 * in one second: with more than 10 000 sockets whose data changes, it is kept later. Safe from any thread.
 */
final class KeptSessions {
    private static final Duration COLLECT = Duration.ofMillis(100);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    /** Sweeps in which each session is looked at once, unless too many must be written. */
    private static final int SHARES = 5;
    private static final int MAX_WRITES = 2_000;
    private static final int MAX_UNDELETED = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(KeptSessions.class);

    private final AdapterHost host;
    private final RecoveryLog log;
    private final Timeouts timeouts;
    private final Duration lifetime;
    private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean collecting = new AtomicBoolean();
    /** The sessions that sweeps look at next. */
    private Iterator<String> next = Collections.emptyIterator();
    /** Sessions that must not be in Redis and may be, by private id, with the time since when. */
    private final ConcurrentMap<String, Instant> undeleted = new ConcurrentHashMap<>();
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
                delete(session.pid);
            }
            return null;
        });
    }

    /** Deletes a session. If Redis is away, sweeps try it again, until the session has ended by itself. */
    private void delete(String pid) {
        if (undeleted.size() < MAX_UNDELETED) {
            undeleted.putIfAbsent(pid, host.clock().instant());
        }
        tryToDelete(pid);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure is handled by the next sweep
    private void tryToDelete(String pid) {
        log.delete(pid).whenComplete((done, failure) -> {
            if (failure == null) {
                undeleted.remove(pid);
            }
        });
    }

    private void deleteAgain() {
        var oldest = host.clock().instant().minus(keptFor());
        undeleted.values().removeIf(since -> since.isBefore(oldest));
        undeleted.keySet().stream().limit(MAX_WRITES).forEach(this::tryToDelete);
    }

    /** Returns how long Redis keeps the session of a connected client that is not written again. */
    private Duration keptFor() {
        return lifetime.plus(lifetime.dividedBy(4)).plus(SWEEP.multipliedBy(SHARES));
    }

    /** Keeps the session of a socket that has left. */
    void persist(PersistedSession session) {
        undeleted.remove(session.pid());
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
        try {
            deleteAgain();
            int looks = kept.size() / SHARES + 1;
            for (int writes = 0; looks > 0 && writes < MAX_WRITES && !kept.isEmpty(); looks--) {
                if (!next.hasNext()) {
                    next = kept.keySet().iterator();
                } else if (write(next.next(), false)) {
                    writes++;
                }
            }
        } finally {
            if (!closed) {
                timeouts.after(SWEEP, this::sweep);
            }
        }
    }

    /** Writes a session, or not if that fails: the others must be kept nevertheless. */
    private boolean write(String id, boolean always) {
        try {
            return tryToWrite(id, always);
        } catch (RuntimeException e) {
            LOG.warn("The session of socket {} could not be kept: {}", id, e.toString());
            return false;
        }
    }

    private boolean tryToWrite(String id, boolean always) {
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
                delete(privateId); // too large: an older state would be wrong
                return;
            }
            undeleted.remove(privateId);
            log.save(privateId, text, keptFor()).whenComplete((done, failure) -> {
                if (failure != null) {
                    at = null; // the next sweep tries again
                }
            });
        }
    }
}
