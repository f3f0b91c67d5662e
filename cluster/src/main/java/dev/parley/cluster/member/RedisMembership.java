package dev.parley.cluster.member;

import dev.parley.cluster.core.Timeouts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The membership of one server: says every 2 s that it lives, and hears with each response who else does. One question is under way at a time; while the store is
 * away, the last known members stay, and nobody waits for it. Safe from any thread; listeners are called on the driver's threads, one at a time.
 */
public final class RedisMembership implements Membership, AutoCloseable {
    /** How often a server says that it lives. */
    public static final Duration BEAT = Duration.ofSeconds(2);
    /** How long it lives without. */
    public static final Duration LIFETIME = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RedisMembership.class);
    private static final Duration MIN_PAUSE = Duration.ofMillis(100);
    /** After which silence those who wait are told that the store is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 10_000;

    private final MemberStore store;
    private final Timeouts timeouts;
    private final InstantSource clock;
    private final MemberTable table;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ClusterClock clusterClock;
    private volatile Member self;
    private volatile Map<String, Member> others = Map.of();
    private volatile Set<String> gone = Set.of();
    private @Nullable AutoCloseable news;
    /** Those who wait for a response to a question that is yet to be asked, and to the one that is under way. */
    private List<Consumer<Boolean>> waiting = new ArrayList<>();
    private List<Consumer<Boolean>> asked = new ArrayList<>();
    private Runnable cancelTimer = () -> {};
    private Runnable cancelPatience = () -> {};
    /** Whether this member has changed since it was last told to the store. */
    private boolean changed;
    private boolean away;
    private boolean underWay;
    private boolean again;
    private boolean soon;
    private boolean closed;
    private boolean clashed;

    /**
     * Creates a membership that has not joined.
     *
     * @param clock measures time that has passed; need not be that of others
     */
    public RedisMembership(Member self, MemberStore store, Timeouts timeouts, InstantSource clock) {
        this.self = self;
        this.store = store;
        this.timeouts = timeouts;
        this.clock = clock;
        this.clusterClock = new ClusterClock(clock);
        this.table = new MemberTable(self.tag(), LIFETIME);
    }

    /** Joins. Completes when the store has this member: with false if another server that lives has the same tag; exceptionally when the store is away. */
    public CompletableFuture<Boolean> join() {
        return store.beat(self).thenApply(view -> {
            if (view.clash()) {
                return false;
            }
            took(view);
            synchronized (this) {
                news = store.onNews(() -> refresh(heard -> {}));
                timer(BEAT);
            }
            store.announce();
            return true;
        }).toCompletableFuture();
    }

    /** Returns the store's time, in milliseconds, as of its last response and what has passed since. */
    public long millis() {
        return clusterClock.millis();
    }

    /** Tells the others at which address they reach this server. */
    public void address(NodeAddress address) {
        change(new Member(self.tag(), self.instance(), Optional.of(address), self.version(),
                self.draining()));
    }

    /** Tells the others that this server opens no more sessions. */
    public void drain() {
        if (!self.draining()) {
            change(new Member(self.tag(), self.instance(), self.address(), self.version(), true));
        }
    }

    private void change(Member now) {
        synchronized (this) {
            self = now;
            changed = true;
        }
        refresh(heard -> {});
    }

    @Override
    public Member self() {
        return self;
    }

    @Override
    public List<Member> members() {
        var all = new ArrayList<>(others.values());
        all.add(self);
        all.sort(Comparator.comparing(Member::tag));
        return List.copyOf(all);
    }

    @Override
    public Optional<Member> find(String tag) {
        return Optional.ofNullable(others.get(tag));
    }

    @Override
    public boolean hasLeft(String tag) {
        return gone.contains(tag);
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void refresh(Consumer<Boolean> then) {
        boolean refused;
        synchronized (this) {
            refused = closed || away || waiting.size() + asked.size() >= MAX_WAITING;
            if (!refused) {
                waiting.add(then);
            }
            if (underWay) {
                again = true;
            } else if (!soon && !away && !closed) {
                soon = true;
                timer(MIN_PAUSE);
            }
        }
        if (refused) {
            then.accept(false);
        }
    }

    /** Beats after a time, or earlier if that was intended. */
    private synchronized void timer(Duration delay) {
        cancelTimer.run();
        cancelTimer = closed ? () -> {} : timeouts.after(delay, this::beat);
    }

    private void beat() {
        boolean tells;
        Member told;
        synchronized (this) {
            if (closed || underWay) {
                return;
            }
            underWay = true;
            again = false;
            soon = false;
            asked.addAll(waiting);
            waiting = new ArrayList<>();
            tells = changed;
            changed = false;
            told = self;
            cancelPatience = timeouts.after(PATIENCE, this::silent);
        }
        store.beat(told).whenComplete((view, failure) -> {
            if (failure == null) {
                took(view).whenComplete((done, fault) -> next(true, tells));
            } else {
                next(false, tells);
            }
        });
    }

    /** The store is not disconnected, but does not respond. */
    private void silent() {
        List<Consumer<Boolean>> unheard;
        synchronized (this) {
            if (!underWay) {
                return;
            }
            away = true;
            unheard = takeAsked();
            unheard.addAll(waiting);
            waiting = new ArrayList<>();
        }
        unheard.forEach(each -> safely(() -> each.accept(false)));
    }

    private List<Consumer<Boolean>> takeAsked() {
        var taken = asked;
        asked = new ArrayList<>();
        return taken;
    }

    private void next(boolean heard, boolean told) {
        List<Consumer<Boolean>> done;
        synchronized (this) {
            cancelPatience.run();
            underWay = false;
            away = !heard;
            changed |= told && !heard;
            done = takeAsked();
            soon = again && heard;
            timer(soon ? MIN_PAUSE : BEAT);
        }
        if (heard && told) {
            store.announce();
        }
        done.forEach(each -> safely(() -> each.accept(heard)));
    }

    /**
     * Takes over a view. Members that died count as dead once the store has ended their connections: nothing that they sent before, and that the network still
     * holds, can then arrive after their clients have come to another server.
     */
    private CompletionStage<Void> took(MemberStore.View view) {
        clusterClock.set(view.millis());
        if (view.clash()) {
            if (!clashed) {
                clashed = true;
                LOG.error(
                        "Another server has the node tag {} of this one; its sessions cannot be found. Restart this server.",
                        self.tag());
            }
            return CompletableFuture.completedStage(null);
        }
        var changes = table.on(view, clock.instant());
        return CompletableFuture.allOf(changes.stream()
                .filter(change -> change instanceof MemberTable.Change.Left left && !left.inOrder())
                .map(dead -> disconnect(((MemberTable.Change.Left) dead).member()))
                .toArray(CompletableFuture<?>[]::new)).thenRun(() -> tell(changes));
    }

    /** Completes when the store has ended the connections of a dead member, or cannot. */
    private CompletableFuture<Void> disconnect(Member dead) {
        return store.disconnect(dead).toCompletableFuture().exceptionally(failure -> {
            LOG.warn(
                    "Redis did not end the connections of {}, which count as those of a server until it does so by itself, and may still send: {}",
                    dead.tag(), failure.getMessage());
            return null;
        });
    }

    private void tell(List<MemberTable.Change> changes) {
        others = table.others();
        gone = table.gone();
        for (var change : changes) {
            switch (change) {
                case MemberTable.Change.Joined joined -> {
                    LOG.info("Server {} has joined the cluster", joined.member().tag());
                    each(listener -> listener.joined(joined.member()));
                }
                case MemberTable.Change.Draining draining ->
                    each(listener -> listener.draining(draining.member()));
                case MemberTable.Change.Left left -> {
                    LOG.info("Server {} has {} the cluster", left.member().tag(),
                            left.inOrder() ? "left" : "died, or cannot be reached, and counts no more in");
                    each(listener -> listener.left(left.member(), left.inOrder()));
                }
            }
        }
    }

    /** Calls each listener, whatever another throws. */
    private void each(Consumer<Listener> event) {
        listeners.forEach(listener -> safely(() -> event.accept(listener)));
    }

    private static void safely(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of the membership failed", e);
        }
    }

    /** Leaves in order. Completes when the store knows it; may never complete if the store is away. */
    public CompletableFuture<Void> leave() {
        close();
        return store.leave(self).thenRun(store::announce).toCompletableFuture();
    }

    /** Beats no more, as if the server had died. */
    @Override
    public void close() {
        AutoCloseable listening;
        List<Consumer<Boolean>> unheard;
        synchronized (this) {
            closed = true;
            cancelTimer.run();
            cancelPatience.run();
            listening = news;
            news = null;
            unheard = takeAsked();
            unheard.addAll(waiting);
            waiting = new ArrayList<>();
        }
        unheard.forEach(each -> safely(() -> each.accept(false)));
        if (listening != null) {
            try {
                listening.close();
            } catch (Exception e) {
                LOG.debug("The subscription to news of members could not be closed", e);
            }
        }
    }
}
