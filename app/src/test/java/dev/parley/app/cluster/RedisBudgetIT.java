package dev.parley.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.admission.BudgetExchange.Reply;
import dev.parley.calls.admission.BudgetExchange.Request;
import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.ParleyCluster;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The budget's script in a real Redis. Three places, and two may wait. Needs the program redis-server. */
class RedisBudgetIT {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static RedisServer redis;
    private static int tests;

    private ParleyCluster cluster;
    private Server a;
    private Server b;

    /** What one server says. */
    private static final class Server {
        private final RedisBudget budget;
        private final List<Long> held = new ArrayList<>();
        private final List<Long> wanted = new ArrayList<>();
        private final List<Long> continued = new ArrayList<>();
        private final Map<Long, String> former = new HashMap<>();
        private Spent spent = Spent.NOTHING;

        Server(ParleyCluster cluster, String name) {
            this(cluster, name, Duration.ofMinutes(10));
        }

        Server(ParleyCluster cluster, String name, Duration lifetime) {
            budget = new RedisBudget(cluster.scripts(), name, lifetime);
        }

        /** Tells the state, and takes what is admitted and refused. */
        Reply exchange() throws Exception {
            var reply = tell();
            wanted.removeAll(reply.admitted());
            wanted.removeAll(reply.refused());
            held.addAll(reply.admitted());
            return reply;
        }

        /** Tells the state, and does not hear the reply. */
        Reply tell() throws Exception {
            return budget.exchange(new Request(3, 2, held, wanted, continued, former, DAY, spent))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @BeforeEach
    void join() {
        cluster = ParleyCluster.join(redis.url(), ClusterOptions.builder().prefix("test" + tests++).build());
        a = new Server(cluster, "a");
        b = new Server(cluster, "b");
    }

    @AfterEach
    void leave() {
        cluster.close();
    }

    @Test
    void placesOfAllServersAreCountedTogether() throws Exception {
        a.wanted.addAll(List.of(1L, 2L));
        assertThat(a.exchange().admitted()).containsExactlyInAnyOrder(1L, 2L);
        b.wanted.addAll(List.of(1L, 2L, 3L, 4L));

        var reply = b.exchange();

        assertThat(reply.admitted()).containsExactly(1L);
        assertThat(reply.positions()).containsOnly(Map.entry(2L, 1), Map.entry(3L, 2));
        assertThat(reply.refused()).containsExactly(4L);
        assertThat(reply.servers()).isEqualTo(2);
    }

    @Test
    void conversationThatMovesTakesItsPlaceWithIt() throws Exception {
        a.wanted.addAll(List.of(1L, 2L, 3L));
        a.exchange();
        b.wanted.addAll(List.of(1L, 2L));
        assertThat(b.exchange().admitted()).as("a full house").isEmpty();

        b.wanted.add(3L);
        b.continued.add(3L);
        b.former.put(3L, a.budget.name(2));
        assertThat(b.exchange().admitted()).as("before the line, without waiting for the end of a")
                .containsExactly(3L);
        b.continued.clear();
        b.former.clear();
        assertThat(b.exchange().admitted()).as("nobody else has it").isEmpty();

        a.held.remove(2L);
        assertThat(a.exchange().admitted()).isEmpty();
        assertThat(b.exchange().admitted()).as("the place is counted once").isEmpty();
    }

    @Test
    void placeThatIsNotHeldIsNotTaken() throws Exception {
        a.wanted.addAll(List.of(1L, 2L, 3L));
        a.exchange();
        b.wanted.add(1L);
        b.continued.add(1L);

        for (String name : List.of("a/9", "c/1", "a", "a/1,b/2=", "b/1")) {
            b.former.put(1L, name);
            assertThat(b.exchange().admitted()).as(name).isEmpty();
        }
    }

    @Test
    void lineIsServedInTheOrderOfAllServers() throws Exception {
        a.wanted.addAll(List.of(1L, 2L, 3L));
        a.exchange();
        b.wanted.add(1L);
        b.exchange();
        a.wanted.add(4L);
        assertThat(a.exchange().positions()).containsEntry(4L, 2);

        a.held.remove(1L);
        var reply = a.exchange();

        assertThat(reply.admitted()).as("b was first").isEmpty();
        assertThat(reply.positions()).containsEntry(4L, 1);
        assertThat(b.exchange().admitted()).containsExactly(1L);
    }

    @Test
    void lostRepliesDoNoHarm() throws Exception {
        a.wanted.addAll(List.of(1L, 2L));
        a.tell();
        a.tell();
        assertThat(a.exchange().admitted()).containsExactlyInAnyOrder(1L, 2L);
        b.wanted.add(1L);
        b.tell();
        b.wanted.clear(); // has left before it heard
        b.exchange();
        a.wanted.add(3L);

        assertThat(a.exchange().admitted()).containsExactly(3L);
    }

    @Test
    void leavingGivesAllBackAndKeepsTheSpending() throws Exception {
        a.spent = new Spent(100, 0.5);
        a.wanted.addAll(List.of(1L, 2L, 3L));
        a.exchange();
        b.wanted.add(1L);
        b.exchange();

        a.budget.leave(DAY, a.spent).toCompletableFuture().get(60, TimeUnit.SECONDS);

        var reply = b.exchange();
        assertThat(reply.admitted()).containsExactly(1L);
        assertThat(reply.servers()).isEqualTo(1);
        assertThat(reply.spent()).isEqualTo(new Spent(100, 0.5));
    }

    @Test
    void leavingTellsWhatWasSpentLast() throws Exception {
        a.spent = new Spent(100, 0.5);
        a.exchange();

        a.budget.leave(DAY, new Spent(150, 0.75)).toCompletableFuture().get(60, TimeUnit.SECONDS);

        assertThat(b.exchange().spent()).isEqualTo(new Spent(150, 0.75));
    }

    @Test
    void spendingOfADayNeverBecomesLess() throws Exception {
        a.spent = new Spent(100, 0.5);
        a.exchange();
        a.spent = new Spent(20, 0.75); // its clock was set back, and its day began again

        assertThat(a.exchange().spent()).isEqualTo(new Spent(100, 0.75));
    }

    @Test
    void continuedConversationsAreBeforeTheLineAndNotRefused() throws Exception {
        a.wanted.addAll(List.of(1L, 2L, 3L, 4L, 5L));
        a.exchange();
        assertThat(a.wanted).as("in the line, which is full").containsExactly(4L, 5L);
        b.wanted.addAll(List.of(1L, 2L));
        b.continued.addAll(List.of(1L, 2L));
        var waits = b.exchange();
        assertThat(waits.refused()).isEmpty();
        assertThat(waits.positions()).containsOnly(Map.entry(1L, 1), Map.entry(2L, 2));

        a.held.remove(1L);
        assertThat(a.exchange().positions()).as("strangers").containsOnly(Map.entry(4L, 2), Map.entry(5L, 3));

        assertThat(b.exchange().admitted()).containsExactly(1L);
    }

    @Test
    void silentServerLosesItsPlacesAfterItsLifetime() throws Exception {
        var lifetime = Duration.ofSeconds(1);
        long begin = System.nanoTime();
        var silent = new Server(cluster, "silent", lifetime);
        silent.wanted.addAll(List.of(1L, 2L, 3L));
        silent.exchange();
        b.wanted.add(1L);

        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !b.exchange().admitted().isEmpty());

        assertThat(System.nanoTime() - begin).isGreaterThan(lifetime.minusMillis(50).toNanos());
        a.wanted.add(4L);
        assertThat(a.exchange().admitted()).as("two places are free").containsExactly(4L);
    }

    @Test
    void returnedServerCountsWithWhatItUses() throws Exception {
        a.held.addAll(List.of(7L, 8L)); // admitted while it was alone
        b.wanted.addAll(List.of(1L, 2L, 3L));
        b.exchange();
        a.wanted.add(9L);

        assertThat(a.exchange().positions()).containsEntry(9L, 1);

        b.held.clear();
        b.exchange();
        assertThat(a.exchange().admitted()).containsExactly(9L);
    }

    @Test
    void repeatedSpendingOfADayCountsOnce() throws Exception {
        a.spent = new Spent(100, 0.000_015);
        b.spent = new Spent(20, 1.25);
        a.exchange();
        a.exchange();

        var reply = b.exchange();

        assertThat(reply.spent().tokens()).isEqualTo(120);
        assertThat(reply.spent().cost()).isEqualTo(1.250_015);
    }

    /** Servers that ask, leave, lose replies and go, at random: no more places than there are, and in the end nobody waits. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomServersNeverShareAPlace(long seed) throws Exception {
        var random = new Random(seed);
        var servers = List.of(a, b, new Server(cluster, "c"));
        long id = 100;
        for (int step = 0; step < 150; step++) {
            var server = servers.get(random.nextInt(servers.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> server.wanted.add(++id);
                case 2 -> server.held.removeIf(any -> random.nextBoolean());
                case 3 -> server.wanted.removeIf(any -> random.nextInt(4) == 0);
                case 4 -> server.tell();
                default -> {
                    var reply = server.exchange();
                    assertThat(reply.positions().values()).as("positions")
                            .doesNotHaveDuplicates()
                            .allMatch(position -> position >= 1 && position <= 2);
                }
            }
            assertThat(servers.stream().mapToInt(each -> each.held.size()).sum())
                    .as("seed %d, step %d", seed, step)
                    .isLessThanOrEqualTo(3);
        }
        for (int round = 0; round < 4; round++) {
            for (Server server : servers) {
                server.held.clear();
                server.exchange();
            }
        }
        assertThat(servers).allMatch(server -> server.wanted.isEmpty());
    }
}
