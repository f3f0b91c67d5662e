package dev.parley.cluster.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.member.FakeMembership;
import dev.parley.cluster.member.Member;
import dev.parley.cluster.member.NodeAddress;
import dev.parley.server.engine.SessionRouting.Listener;
import dev.parley.server.engine.SessionRouting.Route;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClusterRoutingTest {
    private static final Member NEAR = new Member("near", "0123456789abcdef",
            Optional.of(new NodeAddress("10.0.0.2", 7100)), 1, false);

    private final FakeMembership membership = new FakeMembership("self");
    private final List<Runnable> timers = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final List<String> actions = new ArrayList<>();
    private final ClusterRouting routing = new ClusterRouting(membership, new Recorded(),
            new RedisRelay("self", "p", new SilentLink(), (delay, action) -> () -> {},
                    new dev.parley.cluster.broker.Traffic(), 1_000),
            new RoutingSettings(List.of(new byte[32]), new Listener("0.0.0.0", 7100, Optional.empty()),
                    "10.0.0.1", 0),
            (delay, action) -> {
                timers.add(action);
                return () -> timers.remove(action);
            }, () -> now);

    @Test
    void knowsTheWayToMembersWithoutAsking() {
        membership.join(NEAR);
        membership.join(FakeMembership.member("far"));
        assertThat(route("near")).isEqualTo(new Route.Direct("near", "10.0.0.2", 7100));
        assertThat(route("far")).isEqualTo(new Route.Relayed("far"));
        membership.leave("near", false);
        assertThat(route("near")).isEqualTo(new Route.Gone());
        assertThat(membership.refreshes).hasValue(0);
    }

    @Test
    void asksOnceForATagThatIsUnknown() {
        assertThat(route("nobody")).isEqualTo(new Route.Unknown());
        assertThat(route("nobody")).isEqualTo(new Route.Unknown());
        assertThat(membership.refreshes).hasValue(1);
        now = now.plus(Duration.ofSeconds(10));
        membership.onRefresh = () -> membership.join(FakeMembership.member("nobody"));
        assertThat(route("nobody")).isEqualTo(new Route.Relayed("nobody"));
        assertThat(timers).isEmpty();
    }

    @Test
    void aServerThatHasJustJoinedIsFound() {
        membership.onRefresh = () -> membership.join(NEAR);
        assertThat(route("near")).isEqualTo(new Route.Direct("near", "10.0.0.2", 7100));
    }

    @Test
    void waitsForRedisForFiveSecondsAndForgetsThat() {
        var silent = new FakeMembership("self") {
            @Override
            public void refresh(Consumer<Boolean> then) {
                refreshes.incrementAndGet();
            }
        };
        var waits = new ClusterRouting(silent, new Recorded(),
                new RedisRelay("self", "p", new SilentLink(), (delay, action) -> () -> {},
                        new dev.parley.cluster.broker.Traffic(), 1_000),
                new RoutingSettings(List.of(), new Listener("", 0, Optional.empty()), "", 0),
                (delay, action) -> {
                    assertThat(delay).isEqualTo(Duration.ofSeconds(5));
                    timers.add(action);
                    return () -> {};
                }, () -> now);
        var routes = new ArrayList<Route>();
        for (int i = 0; i <= ClusterRouting.MAX_WAITING; i++) {
            waits.route("tag" + i, routes::add);
        }
        assertThat(routes).containsExactly(new Route.Unknown());
        List.copyOf(timers).forEach(Runnable::run);
        assertThat(routes).hasSize(ClusterRouting.MAX_WAITING + 1).containsOnly(new Route.Unknown());
        waits.route("tag0", routes::add);
        assertThat(silent.refreshes).hasValue(ClusterRouting.MAX_WAITING + 1);
    }

    @Test
    void requestThatWaitedForRedisIsNotKept() {
        var questions = new ArrayList<Consumer<Boolean>>();
        var silent = new FakeMembership("self") {
            @Override
            public void refresh(Consumer<Boolean> then) {
                questions.add(then);
            }
        };
        var waits = new ClusterRouting(silent, new Recorded(),
                new RedisRelay("self", "p", new SilentLink(), (delay, action) -> () -> {},
                        new dev.parley.cluster.broker.Traffic(), 1_000),
                new RoutingSettings(List.of(), new Listener("", 0, Optional.empty()), "", 0),
                (delay, action) -> {
                    timers.add(action);
                    return () -> {};
                }, () -> now);
        var request = ask(waits);
        timers.forEach(Runnable::run);
        timers.clear();
        for (int i = 0; i < 100 && request.get() != null; i++) {
            System.gc();
        }
        assertThat(request.get()).isNull();
        assertThat(questions).hasSize(1);
    }

    @Test
    void whileRedisIsAwayMembersAreReachedAndOthersUnknownAtOnce() {
        membership.join(NEAR);
        membership.away = true;
        assertThat(route("near")).isEqualTo(new Route.Direct("near", "10.0.0.2", 7100));
        assertThat(route("stranger")).isEqualTo(new Route.Unknown());
        assertThat(timers).isEmpty();
        // What could not be asked is not remembered as unknown.
        membership.away = false;
        membership.onRefresh = () -> membership.join(FakeMembership.member("stranger"));
        assertThat(route("stranger")).isEqualTo(new Route.Relayed("stranger"));
    }

    private static WeakReference<List<Route>> ask(ClusterRouting routing) {
        var request = new ArrayList<Route>();
        routing.route("nobody", request::add);
        return new WeakReference<>(request);
    }

    @Test
    void aRefusedConnectionCountsAtOnceAndForAWhile() {
        membership.join(NEAR);
        routing.unreachable("near");
        assertThat(route("near")).isEqualTo(new Route.Gone());
        assertThat(routing.another(Set.of())).isEmpty();
        now = now.plus(Duration.ofSeconds(3));
        assertThat(route("near")).isEqualTo(new Route.Direct("near", "10.0.0.2", 7100));
        routing.unreachable("stranger");
        assertThat(route("stranger")).isEqualTo(new Route.Unknown());
    }

    @Test
    void drainingServerForwardsHandshakes() {
        assertThat(routing.another(Set.of())).isEmpty();
        membership.join(new Member("drains", "0123456789abcdef", Optional.empty(), 1, true));
        assertThat(routing.another(Set.of())).isEmpty();
        membership.join(NEAR);
        assertThat(routing.another(Set.of())).contains(new Route.Direct("near", "10.0.0.2", 7100));
        assertThat(routing.another(Set.of("near"))).isEmpty();
    }

    @Test
    void tellsWhoHasGoneAndWhereItListens() {
        var gone = new ArrayList<String>();
        routing.onGone(gone::add);
        membership.join(NEAR);
        membership.leave("near", true);
        assertThat(gone).containsExactly("near");
        routing.listening(4711, (request, receiver) -> {
            throw new IllegalStateException("not asked");
        });
        routing.drain();
        assertThat(actions).containsExactly("10.0.0.1:4711", "drain");
    }

    private Route route(String tag) {
        var found = new ArrayList<Route>();
        routing.route(tag, found::add);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private final class Recorded implements ClusterRouting.Actions {
        @Override
        public void address(NodeAddress address) {
            actions.add(address.toString());
        }

        @Override
        public void drain() {
            actions.add("drain");
        }

        @Override
        public long millis() {
            return 0;
        }
    }
}
