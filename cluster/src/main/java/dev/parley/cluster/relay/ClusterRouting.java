package dev.parley.cluster.relay;

import dev.parley.cluster.core.Timeouts;
import dev.parley.cluster.member.Member;
import dev.parley.cluster.member.Membership;
import dev.parley.cluster.member.NodeAddress;
import dev.parley.cluster.member.RedisMembership;
import dev.parley.server.engine.NodeRelay;
import dev.parley.server.engine.SessionRouting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the owners of sessions in the membership: contacts no other address. Tags that it does not know cost one question to Redis for all requests at one time,
 * and none for a while afterwards; while Redis is away, they are unknown at once. Safe from any thread. Limits: {@value #MAX_WAITING} requests that wait to hear of a tag, {@value #MAX_UNKNOWN} unknown tags.
 */
public final class ClusterRouting implements SessionRouting {
    static final int MAX_WAITING = 1_000;
    static final int MAX_UNKNOWN = 10_000;
    /** How long a request waits to hear of an unknown tag. */
    private static final Duration WAIT = Duration.ofSeconds(5);
    /** How long a server whose connections were refused is not asked again. */
    private static final Duration SUSPECTED = Duration.ofSeconds(3);
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final Membership membership;
    private final RedisRelay relay;
    private final RoutingSettings settings;
    private final Actions actions;
    private final Timeouts timeouts;
    private final InstantSource clock;
    private final Map<String, Instant> suspected = new ConcurrentHashMap<>();
    private final RecentTags unknown;
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Runnable> onLeaving = new CopyOnWriteArrayList<>();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final LongAdder refused = new LongAdder();

    /** What the routing does to the membership. */
    public interface Actions {
        /** Tells the others the address of this server. */
        void address(NodeAddress address);

        /** Tells the others that this server opens no more sessions. */
        void drain();

        /** The time of Redis, in milliseconds. */
        long millis();

        /** Returns those of a membership over Redis. */
        static Actions of(RedisMembership membership) {
            return new Actions() {
                @Override
                public void address(NodeAddress address) {
                    membership.address(address);
                }

                @Override
                public void drain() {
                    membership.drain();
                }

                @Override
                public long millis() {
                    return membership.millis();
                }
            };
        }
    }

    /** Creates a routing. */
    public ClusterRouting(Membership membership, Actions actions, RedisRelay relay, RoutingSettings settings,
            Timeouts timeouts, InstantSource clock) {
        this.membership = membership;
        this.actions = actions;
        this.relay = relay;
        this.settings = settings;
        this.timeouts = timeouts;
        this.clock = clock;
        this.unknown = new RecentTags(MAX_UNKNOWN, REMEMBERED, clock);
        onGone(relay::memberLeft);
    }

    @Override
    public String tag() {
        return membership.self().tag();
    }

    @Override
    public void route(String tag, Consumer<Route> then) {
        var known = known(tag);
        if (known.isPresent()) {
            then.accept(known.get());
        } else if (unknown.contains(tag)) {
            then.accept(new Route.Unknown());
        } else {
            lookUp(tag, then);
        }
    }

    private Optional<Route> known(String tag) {
        var member = membership.find(tag);
        if (member.isPresent()) {
            return Optional.of(isSuspected(tag) ? new Route.Gone() : way(member.get()));
        }
        return membership.hasLeft(tag) ? Optional.of(new Route.Gone()) : Optional.empty();
    }

    private static Route way(Member member) {
        return member.address()
                .<Route>map(address -> new Route.Direct(member.tag(), address.host(), address.port()))
                .orElseGet(() -> new Route.Relayed(member.tag()));
    }

    /** The server may have joined since this one heard last. */
    private void lookUp(String tag, Consumer<Route> then) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            then.accept(new Route.Unknown());
            return;
        }
        // The membership keeps its callback until Redis responds: it must not keep the request.
        var open = new AtomicReference<@Nullable Consumer<Route>>(then);
        Consumer<Boolean> finish = heard -> {
            var asker = open.getAndSet(null);
            if (asker != null) {
                waiting.decrementAndGet();
                var route = known(tag).orElseGet(Route.Unknown::new);
                if (heard && route instanceof Route.Unknown) {
                    unknown.add(tag);
                }
                asker.accept(route);
            }
        };
        var cancel = timeouts.after(WAIT, () -> finish.accept(false));
        membership.refresh(heard -> {
            cancel.run();
            finish.accept(heard);
        });
    }

    private boolean isSuspected(String tag) {
        var until = suspected.get(tag);
        if (until == null) {
            return false;
        }
        if (clock.instant().isBefore(until)) {
            return true;
        }
        suspected.remove(tag, until);
        return false;
    }

    @Override
    public void unreachable(String tag) {
        if (membership.find(tag).isPresent()) {
            suspected.put(tag, clock.instant().plus(SUSPECTED));
        }
    }

    @Override
    public Optional<Route> another(Set<String> except) {
        var candidates = membership.members()
                .stream()
                .filter(member -> !member.draining() && !member.tag().equals(tag())
                        && !except.contains(member.tag()) && !isSuspected(member.tag()))
                .toList();
        return candidates.isEmpty() ? Optional.empty()
                : Optional.of(way(candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()))));
    }

    @Override
    public NodeRelay relay(String tag) {
        return relay.to(tag);
    }

    @Override
    public void onGone(Consumer<String> listener) {
        membership.addListener(new Membership.Listener() {
            @Override
            public void left(Member member, boolean inOrder) {
                suspected.remove(member.tag());
                listener.accept(member.tag());
            }
        });
    }

    @Override
    public List<byte[]> secrets() {
        return settings.secrets();
    }

    @Override
    public long clusterMillis() {
        return actions.millis();
    }

    @Override
    public void refusedSignature() {
        refused.increment();
    }

    /** Returns the number of requests without a valid signature. */
    public long refusedSignatures() {
        return refused.sum();
    }

    @Override
    public Listener listener() {
        return settings.listener();
    }

    @Override
    public void listening(int port, NodeRelay local) {
        relay.serve(local);
        if (!settings.addressHost().isEmpty()) {
            actions.address(new NodeAddress(settings.addressHost(),
                    settings.addressPort() == 0 ? port : settings.addressPort()));
        }
    }

    @Override
    public boolean draining() {
        return membership.self().draining();
    }

    @Override
    public void drain() {
        actions.drain();
    }

    @Override
    public void leaving() {
        drain();
        if (leaving.compareAndSet(false, true)) {
            onLeaving.forEach(Runnable::run);
        }
    }

    @Override
    public void onLeaving(Runnable listener) {
        onLeaving.add(listener);
    }
}
