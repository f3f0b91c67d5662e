package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.Session;
import dev.parley.protocol.engine.SessionOptions;
import dev.parley.protocol.engine.TransportKind;
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

/** The table of a server's sessions. Safe from any thread. Bounded: past the limit none is made. */
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
     * An empty table.
     *
     * @param ids     makes the names
     * @param options of each session
     * @param budget  of the memory that all sessions together may hold
     * @param limit   sessions at once
     */
    public Sessions(SessionIds ids, SessionOptions options, MemoryBudget budget, int limit) {
        this.ids = ids;
        this.options = options;
        this.budget = budget;
        this.limit = limit;
    }

    /** The clock that the sessions go by: instants of it cannot be compared with the wall's. */
    public InstantSource clock() {
        return clock;
    }

    /** For test tools: puts the clock forward. Loops have to run the timers that are due then. */
    public void advanceClock(Duration by) {
        clock.advance(by);
    }

    /** A name for a session, made here. */
    public String name() {
        return ids.next();
    }

    /**
     * A name for a session, made by the application, with the owner's tag in front.
     *
     * @throws IllegalStateException when a session has it already, or it is not 20 to 100 letters, digits, {@code -} and {@code _}
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

    /** A new session, still to be opened on its loop; empty when there are too many, or the server is closing, or one has this name. */
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

    /** The session of this name, when it is here. */
    public Optional<EngineSession> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** How many there are. */
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

    /** The memory that all sessions together may hold. */
    public MemoryBudget budget() {
        return budget;
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

    /** Ends all sessions and refuses new ones. May be called again, also when event loops have ended. */
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

    /** The only way out of the table. */
    private void remove(String sid) {
        if (bySid.remove(sid) != null) {
            count.decrementAndGet();
        }
    }
}
