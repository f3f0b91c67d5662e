package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.Newcomers;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.Timeouts;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.cluster.message.ClusterMessage.Broadcast;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the broadcasts of one namespace in one order, each with the offset that a client has when it has received it. A broadcast of this server
 * reaches its own sockets at once, ahead of the log; or, for clients that may return to servers on Node.js, when it is read from the log, but not
 * later than a given time. Safe from any thread. The sockets' locks are taken under this one's.
 */
final class EventOrder {
    private final RecoveryLog log;
    private final RecoveryOptions options;
    private final InstantSource clock;
    private final InMemoryAdapter local;
    private final Timeouts timeouts;
    private final Duration maxWait;

    private final ReentrantLock order = new ReentrantLock();
    /** Null until it is known where the log begins for this server. */
    private @Nullable RecentEvents recent;
    private LogId position = new LogId(0, 0);
    /** Whether the log has lost entries that were not read, before the next one. */
    private boolean gap;
    /**
     * Broadcasts of this server that have not been read from the log, by their number; also those of which Redis has not said that it has them, since it may. Bounded
     * as the recent events.
     */
    private final TreeMap<Long, Own> own = new TreeMap<>();
    private long ownBytes;
    private long sent;
    private long delivered;
    private long read;
    /** Whether the log is late, so that nothing waits for it. */
    private boolean late;
    private final List<Waiting> waiting = new ArrayList<>();
    private final AheadClients ahead;

    /**
     * Creates the order of a namespace.
     *
     * @param local   the sockets of this server
     * @param maxWait how long a broadcast of this server waits for its id; zero if it does not
     */
    EventOrder(RecoveryLog log, RecoveryOptions options, InstantSource clock, InMemoryAdapter local,
            Timeouts timeouts, Duration maxWait) {
        this.log = log;
        this.options = options;
        this.clock = clock;
        this.local = local;
        this.timeouts = timeouts;
        this.maxWait = maxWait;
        this.ahead = new AheadClients(clock, log::millis);
    }

    /** Sends an event to the sockets of all servers. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure is handled in it
    void broadcast(Arguments event, BroadcastOptions to) {
        order.lock();
        try {
            long number = ++sent;
            var mine = new Own(event, to, clock.instant());
            own.put(number, mine);
            ownBytes += event.weight();
            while (own.size() > options.maxEvents() || ownBytes > options.maxBytes()) {
                forgetOwn(own.firstKey());
            }
            if (maxWait.isZero() || recent == null || late) {
                deliverUpTo(number);
            } else {
                timeouts.after(maxWait, () -> overdue(number));
            }
            log.append(new Broadcast(event, to), number).whenComplete((done, failure) -> {
                if (failure != null) {
                    failed(number);
                }
            });
        } finally {
            order.unlock();
        }
    }

    /** Sends an event to the sockets of this server alone. It is not in the log, but leaves its receivers a valid offset. */
    void broadcastHere(Arguments event, BroadcastOptions to) {
        order.lock();
        try {
            deliver(event, to);
        } finally {
            order.unlock();
        }
    }

    /** Returns what a client has that has received everything. */
    private Offset now() {
        var offset = Offset.at(position);
        return delivered > read ? offset.with(log.uid(), delivered) : offset;
    }

    /** Sends an event to the sockets of this server. Those that are ahead of the log get it with an offset of their own. */
    private void deliver(Arguments event, BroadcastOptions to) {
        ahead.forgetOld(position);
        if (recent == null) {
            local.broadcast(event, to);
        } else if (ahead.isEmpty()) {
            local.broadcast(LoggedEvent.withOffset(event, now()), to);
        } else {
            local.broadcast(LoggedEvent.withOffset(event, now()), Newcomers.without(ahead.sockets(), to));
            ahead.offsets(now(), (sid, offset) -> {
                if (to.meets(local.socketRooms(sid))) {
                    local.broadcast(LoggedEvent.withOffset(event, offset), BroadcastOptions.room(sid));
                }
            });
        }
    }

    private void deliver(long number, Own mine) {
        mine.delivered = true;
        delivered = number;
        deliver(mine.event, mine.options);
    }

    /** Delivers a broadcast and those before it that wait. */
    private void deliverUpTo(long number) {
        own.headMap(number, true).forEach((each, mine) -> {
            if (!mine.delivered) {
                deliver(each, mine);
            }
        });
    }

    /** Forgets a broadcast and those before it. Those that wait are delivered. */
    private void forgetOwn(long number) {
        deliverUpTo(number);
        for (var first = own.firstEntry(); first != null
                && first.getKey() <= number; first = own.firstEntry()) {
            ownBytes -= first.getValue().event.weight();
            own.pollFirstEntry();
        }
        late = late && !own.isEmpty();
    }

    private void overdue(long number) {
        order.lock();
        try {
            var mine = own.get(number);
            if (mine != null && !mine.delivered) {
                late = true;
                deliverUpTo(own.lastKey());
            }
        } finally {
            order.unlock();
        }
    }

    private void failed(long number) {
        order.lock();
        try {
            deliverUpTo(number);
        } finally {
            order.unlock();
        }
    }

    /**
     * Handles an entry of the log.
     *
     * @param newcomers the sockets that do not receive it
     * @return a message that is no broadcast with an offset
     */
    Optional<ClusterMessage> read(LogEntry entry, Set<String> newcomers) {
        var reached = new ArrayList<Runnable>();
        order.lock();
        try {
            position = entry.id();
            if (recent == null || gap) {
                gap = false;
                recent = new RecentEvents(options, clock, position);
            }
            waiting.removeIf(each -> {
                boolean there = !each.until.isAfter(position);
                if (there) {
                    reached.add(each.action);
                }
                return there;
            });
            return entry.sender().equals(log.uid()) ? ownEntry(entry, recent)
                    : entryOfOther(entry, newcomers, recent);
        } finally {
            order.unlock();
            reached.forEach(Runnable::run);
        }
    }

    /** Entries before the next one have gone, and were not read: clients that need one of them begin anew. */
    void missed() {
        order.lock();
        try {
            gap = true;
        } finally {
            order.unlock();
        }
    }

    private Optional<ClusterMessage> ownEntry(LogEntry entry, RecentEvents kept) {
        long number = entry.number();
        if (number == 0 || number > sent) {
            return Optional.empty(); // no broadcast, or not sent by this server
        }
        var mine = own.get(number);
        forgetOwn(number - 1); // they are not in the log: it has the broadcasts of a server in their order
        read = Math.max(read, number);
        if (mine == null) {
            // Too many were on their way; the sockets of this server have it.
            if (entry.message().get().orElse(null) instanceof Broadcast broadcast) {
                kept.add(new LoggedEvent(entry.id(), log.uid(), number, broadcast.event(),
                        broadcast.options()));
            }
            return Optional.empty();
        }
        if (!mine.delivered) {
            deliver(number, mine);
        }
        forgetOwn(number);
        late = late && mine.sentAt.plus(maxWait).isBefore(clock.instant());
        kept.add(new LoggedEvent(entry.id(), log.uid(), number, mine.event, mine.options));
        return Optional.empty();
    }

    private Optional<ClusterMessage> entryOfOther(LogEntry entry, Set<String> newcomers, RecentEvents kept) {
        var message = entry.message().get();
        if (message.isEmpty() || !(message.get() instanceof Broadcast broadcast)
                || broadcast.options().isVolatile()) {
            return message;
        }
        deliver(broadcast.event(),
                Newcomers.without(ahead.having(entry), Newcomers.without(newcomers, broadcast.options())));
        kept.add(new LoggedEvent(entry.id(), entry.sender(), entry.number(), broadcast.event(),
                broadcast.options()));
        return Optional.empty();
    }

    /** Runs an action as soon as the log has been read up to an entry: at once, if it has. */
    void whenRead(LogId until, Runnable action) {
        order.lock();
        try {
            if (until.isAfter(position) || recent == null) {
                waiting.add(new Waiting(until, action));
                return;
            }
        } finally {
            order.unlock();
        }
        action.run();
    }

    /** Returns whether the log has been read up to an entry. */
    boolean hasRead(LogId until) {
        order.lock();
        try {
            return recent != null && !until.isAfter(position);
        } finally {
            order.unlock();
        }
    }

    /** Forgets an action that has not been run. */
    void forget(Runnable action) {
        order.lock();
        try {
            waiting.removeIf(each -> each.action.equals(action));
        } finally {
            order.unlock();
        }
    }

    /**
     * Adds what a client has missed since an entry and calls {@code resume}, in one step: what is broadcast later is delivered to the client. If
     * that is more than is kept here, does nothing and returns the entry up to which the log must be read first. Called when the log has been read
     * up to the client's offset.
     *
     * @param resume returns whether the client was resumed
     */
    Optional<LogId> resume(MissedEvents missed, LogId since, BooleanSupplier resume) {
        order.lock();
        try {
            if (recent == null || recent.start().isAfter(since)) {
                return Optional.of(recent == null ? position : recent.start());
            }
            recent.after(since).forEach(missed::add);
            own.forEach((number, mine) -> {
                if (mine.delivered) {
                    missed.addAhead(position, log.uid(), number, mine.event, mine.options);
                }
            });
            if (resume.getAsBoolean()) {
                add(missed.session().sid(), new Offset(position, missed.ahead()));
            }
            return Optional.empty();
        } finally {
            order.unlock();
        }
    }

    /** A client that has received what an offset says, perhaps of other servers, begins anew here: it receives none of that again. */
    void beginAnew(String sid, Offset had) {
        order.lock();
        try {
            add(sid, had);
        } finally {
            order.unlock();
        }
    }

    private void add(String sid, Offset had) {
        var others = new HashMap<>(had.ahead());
        others.remove(log.uid()); // not delivered again
        ahead.add(sid, new Offset(had.position(), others), position);
    }

    /** A socket of this server has left. */
    void left(String sid) {
        ahead.left(sid);
    }

    private static final class Own {
        private final Arguments event;
        private final BroadcastOptions options;
        private final Instant sentAt;
        private boolean delivered;

        Own(Arguments event, BroadcastOptions options, Instant sentAt) {
            this.event = event;
            this.options = options;
            this.sentAt = sentAt;
        }
    }

    private record Waiting(LogId until, Runnable action) {}
}
