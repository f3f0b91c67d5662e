package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.Timeouts;
import dev.parley.cluster.message.ClusterMessage.Broadcast;
import dev.parley.cluster.message.MalformedMessageException;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.adapter.RestoredSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one client up to date: takes its session, waits until this server has read the log as far as the client has, reads older events, and resumes. Limited
 * in time and in the entries read; whatever goes wrong ends as not recovered. Its steps run one after another, on any thread.
 */
final class Restoration {
    static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 300;

    private final AdapterHost host;
    private final RecoveryLog log;
    private final EventOrder order;
    private final ReadSlots slots;
    private final Timeouts timeouts;
    private final String pid;
    private final Offset from;
    private final Consumer<RestoredSession> resume;
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();
    private final CompletableFuture<Optional<PersistedSession>> taken = new CompletableFuture<>();
    /** The session as an old socket of this server had it last. */
    private volatile @Nullable PersistedSession latest;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable reached = this::reached;
    private Optional<MissedEvents> missed = Optional.empty();
    private boolean offsetExists;
    /** Whether another connection of the same client has been resumed meanwhile. */
    private boolean overtaken;
    private LogId since;
    private int pages;

    Restoration(AdapterHost host, RecoveryLog log, EventOrder order, ReadSlots slots, Timeouts timeouts,
            String pid, Offset from, Consumer<RestoredSession> resume) {
        this.host = host;
        this.log = log;
        this.order = order;
        this.slots = slots;
        this.timeouts = timeouts;
        this.pid = pid;
        this.from = from;
        this.resume = resume;
        this.since = from.position();
    }

    /**
     * Begins. The stage completes with whether the client was resumed; exceptionally only if {@code resume} throws.
     *
     * @param earlier the session that an earlier attempt has taken, from {@link #handOver}
     */
    @SuppressWarnings("FutureReturnValueIgnored") // failures are handled in it
    CompletableFuture<Boolean> start(CompletionStage<Optional<PersistedSession>> earlier) {
        Runnable cancel = timeouts.after(TIMEOUT, () -> giveUp());
        result.whenComplete((done, failure) -> cancel.run());
        log.take(pid)
                .handle((found, failure) -> found == null ? Optional.<PersistedSession>empty() : found)
                .thenCombine(earlier, (found, before) -> found.or(() -> before))
                .whenComplete((session, failure) -> taken.complete(session));
        taken.thenCombine(log.contains(from.position()), (session, exists) -> {
            offsetExists = exists;
            return session;
        }).whenComplete((session, failure) -> {
            if (failure != null || session.isEmpty()) {
                giveUp();
            } else {
                endOldSocket(session.get());
            }
        });
        return result;
    }

    /** Gives up for a newer attempt of the same client. Returns the session that was taken; empty if it has been resumed, or given up before. */
    CompletionStage<Optional<PersistedSession>> handOver() {
        if (!giveUp()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return taken.thenApply(session -> session.map(found -> latest == null ? found : latest));
    }

    /** Ends as not recovered. Returns false if it has ended before. */
    private boolean giveUp() {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            order.forget(reached);
            result.complete(false);
        }
        return first;
    }

    /** A client may come back before this server has noticed that it was lost: the old socket, which has the same id, must be gone first. */
    private void endOldSocket(PersistedSession session) {
        var old = host.find(session.sid());
        if (old.isEmpty()) {
            prepare(session);
        } else if (!ended.get()) {
            var now = old.get().session().filter(found -> found.pid().equals(pid)).orElse(session);
            latest = now;
            old.get().expel(true);
            timeouts.after(PAUSE, () -> endOldSocket(now));
        }
    }

    private void prepare(PersistedSession session) {
        missed = Optional
                .of(new MissedEvents(from, session, host.recovery().orElseGet(RecoveryOptions::defaults)));
        if (offsetExists) {
            order.whenRead(from.position(), reached);
        } else if (order.hasRead(from.position())) {
            reached(); // no longer in the log, but it may be here
        } else {
            giveUp();
        }
    }

    private void reached() {
        missed.ifPresent(this::next);
    }

    private void next(MissedEvents events) {
        if (ended.get()) {
            return;
        }
        try {
            order.resume(events, since, () -> resume(events)).ifPresent(until -> {
                if (!offsetExists || events.tooMany() || ++pages > MAX_PAGES) {
                    giveUp();
                } else {
                    slots.enter(() -> read(events, until));
                }
            });
            if (overtaken) {
                overtaken = false;
                since = from.position();
                endOldSocket(events.session());
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** Called in the step in which the events that this server keeps are added. Returns whether the client was resumed. */
    private boolean resume(MissedEvents events) {
        if (events.tooMany()) {
            giveUp();
        } else if (host.find(events.session().sid()).isPresent()) {
            overtaken = true;
        } else if (ended.compareAndSet(false, true)) {
            resume.accept(new RestoredSession(events.session(), events.events()));
            result.complete(true);
            return true;
        }
        return false;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // failures are handled in it
    private void read(MissedEvents events, LogId until) {
        if (ended.get()) {
            slots.leave();
            return;
        }
        // From the last entry that the client has: if it is not there, entries after it may have been trimmed too.
        log.read(since, until, PAGE + 1).whenComplete((page, failure) -> {
            slots.leave();
            if (failure != null || page.isEmpty() || !page.getFirst().id().equals(since)) {
                giveUp();
            } else {
                add(events, page.subList(1, page.size()));
                since = page.size() <= PAGE ? until : page.getLast().id();
                next(events);
            }
        });
    }

    private static void add(MissedEvents events, List<LogEntry> page) {
        for (LogEntry entry : page) {
            try {
                if (entry.message().get().orElse(null) instanceof Broadcast broadcast) {
                    events.add(new LoggedEvent(entry.id(), entry.sender(), entry.number(), broadcast.event(),
                            broadcast.options()));
                }
            } catch (MalformedMessageException e) {
                // The servers have rejected it too.
            }
        }
    }
}
