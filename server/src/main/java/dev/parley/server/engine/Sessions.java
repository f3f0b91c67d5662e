package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.Session;
import dev.parley.protocol.engine.SessionOptions;
import dev.parley.protocol.engine.TransportKind;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The table of a server's sessions. Safe from any thread. Bounded: past the limit none is made. */
public final class Sessions {
    private final InstantSource clock = new MonotonicClock();
    private final ConcurrentMap<String, EngineSession> bySid = new ConcurrentHashMap<>();
    private final Traffic traffic = new Traffic();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SessionIds ids;
    private final SessionOptions options;
    private final int limit;

    public Sessions(SessionIds ids, SessionOptions options, int limit) {
        this.ids = ids;
        this.options = options;
        this.limit = limit;
    }

    /** The clock that the sessions go by: instants of it cannot be compared with the wall's. */
    public InstantSource clock() {
        return clock;
    }

    /** A new session, still to be opened on its loop; empty when there are too many or the server is closing. */
    public Optional<EngineSession> create(TransportKind transport, Framing framing, Loop loop) {
        if (closed.get() || count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return Optional.empty();
        }
        String sid = ids.next();
        var session = new EngineSession(sid, new Session(sid, transport, options, framing.revision()),
                framing, loop, clock, traffic, () -> remove(sid));
        bySid.put(sid, session);
        return Optional.of(session);
    }

    public Optional<EngineSession> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    public int size() {
        return bySid.size();
    }

    /** How many there are of a kind: a look at each session. */
    public int size(TransportKind transport, EngineRevision revision) {
        int size = 0;
        for (EngineSession session : bySid.values()) {
            if (session.transport() == transport && session.revision() == revision) {
                size++;
            }
        }
        return size;
    }

    /** What went through all sessions. */
    public Traffic traffic() {
        return traffic;
    }

    /** How many bytes wait for all clients, and for the one for whom most wait: a look at each session. */
    public long[] queued() {
        long sum = 0;
        long most = 0;
        for (EngineSession session : bySid.values()) {
            sum += session.queued();
            most = Math.max(most, session.queued());
        }
        return new long[]{sum, most};
    }

    /** Makes no new ones from here on. */
    public void refuse() {
        closed.set(true);
    }

    /** Ends all sessions and refuses new ones. */
    public void close() {
        refuse();
        List.copyOf(bySid.values())
                .forEach(
                        session -> session.loop().run(() -> session.close(CloseReason.SERVER_SHUTTING_DOWN)));
    }

    /** The only way out of the table. */
    private void remove(String sid) {
        if (bySid.remove(sid) != null) {
            count.decrementAndGet();
        }
    }
}
