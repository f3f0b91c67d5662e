package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.Recovery;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.Timeouts;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.adapter.RestoredSession;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Connection state recovery over a log that all servers of a cluster read. At most 1 000 clients of a namespace are being recovered at one time; beyond it, and
 * after 3 s, a client starts anew. Safe from any thread; no method blocks.
 */
public final class LoggedRecovery implements Recovery {
    private static final int MAX_RESTORATIONS = 1_000;
    private static final int READERS = 4;
    private static final int MAX_PID = 64;
    /**
     * After this time, an old socket on another server no longer deletes the session of its successor, and a takeover of another server is of a later recovery. Before
     * it, two servers may both have recovered the client, which has left one of them again.
     */
    private static final Duration AFTER_TAKEOVER = Duration.ofSeconds(2);

    private final AdapterHost host;
    private final RecoveryLog log;
    private final EventOrder order;
    private final KeptSessions sessions;
    private final ReadSlots slots = new ReadSlots(READERS);
    private final Timeouts timeouts;
    private final AtomicInteger restorations = new AtomicInteger();
    private final ConcurrentMap<String, Restoration> latest = new ConcurrentHashMap<>();
    /** Sockets that were recovered here a short time ago. */
    private final Set<String> recovered = ConcurrentHashMap.newKeySet();

    /**
     * Creates the recovery of a namespace.
     *
     * @param local   the sockets of this server
     * @param maxWait how long a broadcast waits until it has an offset that servers on Node.js understand; zero if it does not
     */
    public LoggedRecovery(AdapterHost host, RecoveryLog log, InMemoryAdapter local, Timeouts timeouts,
            Duration maxWait) {
        var options = host.recovery().orElseGet(RecoveryOptions::defaults);
        this.host = host;
        this.log = log;
        this.timeouts = timeouts;
        this.order = new EventOrder(log, options, host.clock(), local, timeouts, maxWait);
        this.sessions = new KeptSessions(host, log, timeouts, options.maxDisconnectionDuration());
    }

    /** Returns what creates recoveries whose broadcasts wait so long. */
    public static Recovery.Factory waiting(Duration maxWait) {
        return (host, log, local, timeouts) -> new LoggedRecovery(host, log, local, timeouts, maxWait);
    }

    @Override
    public void broadcast(Arguments event, BroadcastOptions options) {
        if (options.local()) {
            order.broadcastHere(event, options);
        } else {
            order.broadcast(event, options);
        }
    }

    @Override
    public void read(LogEntry entry, Set<String> newcomers, Consumer<ClusterMessage> others) {
        order.read(entry, newcomers).ifPresent(others);
    }

    @Override
    public void missed() {
        order.missed();
    }

    @Override
    public void changed(String id) {
        sessions.changed(id);
    }

    @Override
    public void left(String id) {
        order.left(id);
        sessions.left(id);
    }

    @Override
    public void persist(PersistedSession session) {
        sessions.persist(session);
    }

    @Override
    public CompletionStage<Boolean> restore(String pid, String offset, Consumer<RestoredSession> resume) {
        var from = Offset.parse(offset);
        if (from.isEmpty() || pid.length() > MAX_PID) {
            return CompletableFuture.completedStage(false);
        }
        if (restorations.incrementAndGet() > MAX_RESTORATIONS) {
            restorations.decrementAndGet();
            return CompletableFuture.completedStage(false);
        }
        var restoration = new Restoration(host, log, order, slots, timeouts, pid, from.get(),
                restored -> resume(restored, resume));
        var before = latest.put(pid, restoration);
        // An attempt of a connection that the client has left gives its session to this one.
        CompletionStage<Optional<PersistedSession>> earlier = before == null
                ? CompletableFuture.completedStage(Optional.empty())
                : before.handOver();
        return restoration.start(earlier).whenComplete((restored, failure) -> {
            restorations.decrementAndGet();
            latest.remove(pid, restoration);
        });
    }

    @Override
    public void beginAnew(String id, String offset) {
        Offset.parse(offset).ifPresent(had -> order.beginAnew(id, had));
    }

    private void resume(RestoredSession restored, Consumer<RestoredSession> resume) {
        resume.accept(restored);
        String sid = restored.session().sid();
        log.disconnectElsewhere(sid);
        recovered.add(sid);
        timeouts.after(AFTER_TAKEOVER, () -> {
            recovered.remove(sid);
            if (host.find(sid).isPresent()) {
                sessions.changed(sid);
            }
        });
    }

    @Override
    public boolean ignores(ClusterMessage message) {
        return message instanceof ClusterMessage.Disconnect takeover
                && takeover.options().except().contains(RecoveryLog.TAKEOVER)
                && recovered.containsAll(takeover.options().rooms());
    }

    @Override
    public void close() {
        sessions.close();
    }
}
