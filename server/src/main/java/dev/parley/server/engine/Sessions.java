package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.Session;
import dev.parley.protocol.session.SessionOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of a server's sessions. Safe from any thread. Limit: the number of sessions; further ones are refused. */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{20,100}");

    private final MonotonicClock clock = new MonotonicClock();
    private final ConcurrentMap<String, EngineSession> bySid = new ConcurrentHashMap<>();
    private final Traffic traffic = new Traffic();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SessionIds ids;
    private final SessionOptions options;
    private final MemoryBudget budget;
    private final int limit;

    /**
     * Creates an empty table.
     *
     * @param ids     generates the session ids
     * @param options of each session
     * @param budget  limits the memory of all sessions together
     * @param limit   maximum number of sessions
     */
    public Sessions(SessionIds ids, SessionOptions options, MemoryBudget budget, int limit) {
        this.ids = ids;
        this.options = options;
        this.budget = budget;
        this.limit = limit;
    }

    /** Returns the clock of the sessions. Its instants are not comparable with those of the wall clock. */
    public InstantSource clock() {
        return clock;
    }

    /** Moves the clock forward; for test tools. The caller then makes the loops run the timers that are due. */
    public void advanceClock(Duration by) {
        clock.advance(by);
    }

    /** Returns a new session id. */
    public String name() {
        return ids.next();
    }

    /**
     * Returns a session id that the application has generated, with the server's tag as its prefix.
     *
     * @throws IllegalStateException if a session has this id, or it is not 20 to 100 letters, digits, {@code -} and {@code _}
     */
    public String name(String given) {
        if (!NAME.matcher(given).matches()) {
            throw new IllegalStateException(
                    "a session id must be 20 to 100 letters, digits, - and _, and unguessable");
        }
        String sid = ids.tagged(given);
        if (bySid.containsKey(sid)) {
            throw new IllegalStateException("a session id was given twice");
        }
        return sid;
    }

    /** Returns a new session, to be opened on its loop; empty if the table is full or closed, or a session has this id. */
    public Optional<EngineSession> create(String sid, TransportKind transport, Framing framing, Loop loop) {
        if (closed.get()) {
            return Optional.empty();
        }
        var session = new EngineSession(sid, new Session(sid, transport, options, framing.revision()),
                framing, loop, clock, traffic, budget, () -> remove(sid));
        if (count.incrementAndGet() > limit || bySid.putIfAbsent(sid, session) != null) {
            count.decrementAndGet();
            session.memory().close();
            return Optional.empty();
        }
        return Optional.of(session);
    }

    /** Returns the session with this id. */
    public Optional<EngineSession> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** Returns whether no session can be opened now. */
    public boolean isFull() {
        return closed.get() || count.get() >= limit;
    }

    /** Returns the number of sessions. */
    public int size() {
        return bySid.size();
    }

    /** Returns the number of sessions of one transport and revision; visits each session. */
    public int size(TransportKind transport, EngineRevision revision) {
        int size = 0;
        for (EngineSession session : bySid.values()) {
            if (session.transport() == transport && session.revision() == revision) {
                size++;
            }
        }
        return size;
    }

    /** Returns the counters of all sessions' messages. */
    public Traffic traffic() {
        return traffic;
    }

    /** Returns the memory budget of all sessions. */
    public MemoryBudget budget() {
        return budget;
    }

    /** Returns the queued bytes of all sessions, and of the session with the most; visits each session. */
    public long[] queued() {
        long sum = 0;
        long most = 0;
        for (EngineSession session : bySid.values()) {
            sum += session.queued();
            most = Math.max(most, session.queued());
        }
        return new long[]{sum, most};
    }

    /** Refuses new sessions from now on. */
    public void refuse() {
        closed.set(true);
    }

    /** Closes all sessions and refuses new ones. May be called again, also after the event loops have ended. */
    public void close() {
        refuse();
        List.copyOf(bySid.values()).forEach(Sessions::close);
    }

    private static void close(EngineSession session) {
        try {
            session.loop().run(() -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
        } catch (RejectedExecutionException e) {
            LOG.debug("A session's event loop had ended before the session");
        }
    }

    /** Removes a session; no other method does. */
    private void remove(String sid) {
        if (bySid.remove(sid) != null) {
            count.decrementAndGet();
        }
    }
}
