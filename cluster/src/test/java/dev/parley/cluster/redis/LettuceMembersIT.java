package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.member.Member;
import dev.parley.cluster.member.MemberStore;
import dev.parley.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members in a real Redis, whose times the tests change. Needs the program redis-server. */
class LettuceMembersIT {
    private static final Member A = member("A", "aaaaaaaaaaaaaaaa");
    private static final Member B = member("B", "bbbbbbbbbbbbbbbb");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static RedisServer redis;
    private static LettuceLink link;
    private static RedisClient client;
    private static RedisCommands<String, String> commands;

    private final String prefix = "members" + COUNT.incrementAndGet();
    private final String start = prefix + "{member}:";
    private MemberStore store;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
        link = LettuceLink.connect(redis.url(), LinkLimits.defaults(), new Traffic(), Optional.empty());
        client = RedisClient.create(redis.url());
        commands = client.connect().sync();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        client.shutdown();
        link.close();
        redis.stop();
    }

    @BeforeEach
    void open() {
        store = link.members(prefix);
    }

    private static Member member(String tag, String instance) {
        return new Member(tag, instance, Optional.empty(), Member.VERSION, false);
    }

    @Test
    void membersSeeEachOtherAndThatOneLeaves() throws Exception {
        assertThat(beat(A).alive()).containsOnlyKeys("A");
        assertThat(beat(B).alive()).isEqualTo(Map.of("A", A.text(), "B", B.text()));
        store.leave(B).toCompletableFuture().get(60, TimeUnit.SECONDS);
        var view = beat(A);
        assertThat(view.alive()).containsOnlyKeys("A");
        assertThat(view.left()).containsExactly("B");
        assertThat(view.dead()).isEmpty();
        assertThat(view.millis()).isPositive();
    }

    @Test
    void anotherInstanceCannotTakeATagOfOneThatLives() throws Exception {
        beat(A);
        var other = member("A", "0123456789abcdef");
        assertThat(beat(other).clash()).isTrue();
        store.leave(other).toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(beat(A).clash()).isFalse();
        silent("A", 11_000);
        assertThat(beat(other).clash()).isFalse();
        assertThat(beat(A).clash()).isTrue();
    }

    @Test
    void aMemberThatIsSilentDiesAndMayComeAgain() throws Exception {
        beat(A);
        beat(B);
        began(60_000);
        silent("B", 9_000);
        assertThat(beat(A).alive()).containsOnlyKeys("A", "B");
        silent("B", 10_001);
        var view = beat(A);
        assertThat(view.alive()).containsOnlyKeys("A");
        assertThat(view.dead()).containsExactly("B");
        view = beat(B);
        assertThat(view.alive()).containsOnlyKeys("A", "B");
        assertThat(view.dead()).isEmpty();
    }

    @Test
    void nobodyDiesBecauseRedisWasAway() throws Exception {
        beat(A);
        beat(B);
        began(60_000);
        silent("A", 20_000);
        silent("B", 20_000);
        commands.hset(start + "clock", "last", Long.toString(now() - 20_000));
        assertThat(beat(A).alive()).containsOnlyKeys("A", "B");
        // The lifetimes have begun anew: who is silent from then on dies.
        began(10_001);
        assertThat(beat(A).dead()).containsExactly("B");
    }

    @Test
    void keysHaveLifetimesAndTheDepartedALimit() throws Exception {
        for (int i = 0; i < 203; i++) {
            var member = member("T" + i, "%016x".formatted(i));
            beat(member);
            store.leave(member).toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        assertThat(beat(A).left()).hasSize(200).contains("T202").doesNotContain("T0");
        for (String key : commands.keys(start + "*")) {
            assertThat(commands.pttl(key)).as(key).isBetween(1L, 600_000L);
        }
    }

    @Test
    void disconnectsADeadMemberOnly() throws Exception {
        String name = "parley-" + B.instance();
        var dead = RedisClient.create(redis.url());
        try (var connection = dead.connectPubSub()) {
            connection.sync().clientSetname(name);
            connection.sync().subscribe("channel");
            assertThat(commands.pubsubNumsub("channel")).containsEntry("channel", 1L);
            store.disconnect(A).toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(commands.clientList()).contains("name=" + name + " ");
            store.disconnect(B).toCompletableFuture().get(60, TimeUnit.SECONDS);
            // It connects again under no name, as a dead server would not.
            assertThat(commands.clientList()).doesNotContain("name=" + name + " ");
        } finally {
            dead.shutdown();
        }
    }

    private MemberStore.View beat(Member member) throws Exception {
        return store.beat(member).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** A member has last beaten so long ago. */
    private void silent(String tag, long millis) {
        commands.zadd(start + "alive", (double) (now() - millis), tag);
    }

    /** Redis has been there for so long. */
    private void began(long millis) {
        commands.hset(start + "clock", "since", Long.toString(now() - millis));
    }

    private static long now() {
        var time = commands.time();
        return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
    }
}
