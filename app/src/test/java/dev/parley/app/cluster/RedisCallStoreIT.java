package dev.parley.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.calls.state.CallStore;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.ClusterScript;
import dev.parley.cluster.ParleyCluster;
import dev.parley.cluster.store.ValueCipher;
import dev.parley.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The states of calls in a real Redis. Needs the program redis-server. */
class RedisCallStoreIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte[] STATE = "state".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEWER = "newer".getBytes(StandardCharsets.UTF_8);
    private static RedisServer redis;
    private static int tests;

    private ParleyCluster cluster;
    private CallStore store;

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
        store = store("a secret of at least thirty-two bytes");
    }

    private CallStore store(String secret) {
        return new RedisCallStore(cluster.scripts(),
                new ValueCipher(List.of(secret.getBytes(StandardCharsets.UTF_8)), "conversations"));
    }

    @AfterEach
    void leave() {
        cluster.close();
    }

    @Test
    void lastOfManyThatTakeAStateIsItsOwner() throws Exception {
        assertThat(now(store.put("k", "a", STATE, LONG))).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(now(store.take("k", "owner" + i, LONG))).contains(STATE);
        }
        for (int i = 0; i < 19; i++) {
            assertThat(now(store.put("k", "owner" + i, NEWER, LONG))).isFalse();
        }
        assertThat(now(store.put("k", "owner19", NEWER, LONG))).isTrue();
        assertThat(now(store.take("other", "b", LONG))).isEmpty();
    }

    @Test
    void stateThatWasTakenStaysForALifetime() throws Exception {
        now(store.put("k", "a", STATE, Duration.ofSeconds(20)));
        now(store.take("k", "b", LONG));

        assertThat(now(store.take("k", "b", LONG))).contains(STATE);
        String key = cluster.scripts().key("conversation:k", "state");
        long left = Long.parseLong(now(cluster.scripts()
                .run(ClusterScript.of("return {tostring(redis.call('PTTL', KEYS[1]))}"), List.of(key),
                        List.of()))
                .getFirst());
        assertThat(left).isGreaterThan(Duration.ofMinutes(4).toMillis());
    }

    @Test
    void formerOwnerWritesAndRemovesNothing() throws Exception {
        now(store.put("k", "a", STATE, LONG));
        assertThat(now(store.take("k", "b", LONG))).contains(STATE);

        assertThat(now(store.put("k", "a", STATE, LONG))).isFalse();
        assertThat(now(store.put("k", "b", NEWER, LONG))).isTrue();
        now(store.delete("k", "a"));

        assertThat(now(store.take("k", "c", LONG))).contains(NEWER);
        assertThat(now(store.put("k", "b", STATE, LONG))).isFalse();
    }

    @Test
    void removedStateStaysRemovedForFormerOwners() throws Exception {
        now(store.put("k", "a", STATE, LONG));
        now(store.take("k", "b", LONG));
        now(store.put("k", "b", NEWER, LONG));
        now(store.delete("k", "b"));

        assertThat(now(store.put("k", "a", STATE, LONG))).isFalse();
        assertThat(now(store.take("k", "c", LONG))).isEmpty();
    }

    @Test
    void stateAndOwnerAreForgottenAfterTheirLifetime() throws Exception {
        now(store.put("k", "a", STATE, LONG));
        assertThat(keysThere()).isEqualTo("2");
        now(store.put("k", "a", STATE, Duration.ofMillis(50)));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> keysThere().equals("0"));
        assertThat(now(store.take("k", "b", LONG))).isEmpty();
        assertThat(now(store.put("k", "b", NEWER, LONG))).isTrue();
    }

    @Test
    void redisSeesNoStateAndOtherSecretsDoNot() throws Exception {
        now(store.put("k", "a", STATE, LONG));
        String key = cluster.scripts().key("conversation:k", "state");
        String value = now(cluster.scripts()
                .run(ClusterScript.of("return {redis.call('GET', KEYS[1])}"), List.of(key), List.of()))
                .getFirst();
        assertThat(new String(java.util.Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1))
                .doesNotContain("state");
        assertThat(now(store("another secret of at least 32 bytes").take("k", "b", LONG))).isEmpty();
    }

    @Test
    void valueOfSomebodyElseIsNoState() throws Exception {
        String key = cluster.scripts().key("conversation:k", "state");
        now(cluster.scripts()
                .run(ClusterScript.of("redis.call('SET', KEYS[1], ARGV[1]) return {}"), List.of(key),
                        List.of("*** no base64 ***")));
        assertThat(now(store.take("k", "a", LONG))).isEmpty();
    }

    @Test
    void tooManyStatesUnderWayAreRefused() throws Exception {
        redis.freeze();
        try {
            byte[] large = new byte[4 << 20];
            var puts = new ArrayList<CompletionStage<Boolean>>();
            for (int i = 0; i < 8; i++) {
                puts.add(store.put("k" + i, "a", large, LONG));
            }
            assertThat(puts.getFirst().toCompletableFuture()).isNotCompleted();
            assertThatThrownBy(() -> now(puts.getLast())).hasRootCauseMessage("too much waits for Redis");
        } finally {
            redis.thaw();
        }
    }

    /** Returns how many of the two keys of this test's call are there. */
    private String keysThere() throws Exception {
        return now(
                cluster.scripts()
                        .run(ClusterScript.of("return {tostring(redis.call('EXISTS', KEYS[1], KEYS[2]))}"),
                                List.of(cluster.scripts().key("conversation:k", "state"),
                                        cluster.scripts().key("conversation:k", "owner")),
                                List.of()))
                .getFirst();
    }

    private static <T> T now(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
