package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.redis.LettuceLink;
import dev.parley.cluster.redis.LinkLimits;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis is killed, started again and frozen under two servers. Needs the program redis-server. */
@Tag("real-time")
@ParameterizedClass
@EnumSource(ClusterOptions.Adapter.class)
class RedisFaultsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Parameter
    ClusterOptions.Adapter adapter = ClusterOptions.Adapter.STREAMS;

    private RedisServer redis;
    private ParleyNode a;
    private ParleyNode b;
    private TestClient ann;
    private TestClient bob;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer();
        a = new ParleyNode(redis.url(), ParleyNode.options().adapter(adapter).build(), "a");
        b = new ParleyNode(redis.url(), ParleyNode.options().adapter(adapter).build(), "b");
        ann = new TestClient(a.url(), "ann", "red");
        bob = new TestClient(b.url(), "bob", "red");
        ParleyNode.awaitSockets(2, a, b);
    }

    @AfterEach
    void stop() throws Exception {
        ann.close();
        bob.close();
        a.close();
        b.close();
        redis.stop();
    }

    @Test
    void localTrafficGoesOnWithoutRedisAndTheRestComesBack() throws Exception {
        redis.kill();
        Awaitility.await().atMost(LONG).until(() -> !a.cluster.status().connected());
        a.io.to("red").emit("lost");
        assertThat(ann.next()).isEqualTo("lost");
        assertThat(a.cluster.status().dropped()).isPositive();
        assertThat(a.io.to("red").call(LONG, "q").values(String.class)).containsExactly("ann");
        assertThatThrownBy(() -> a.io.fetchSockets())
                .hasStackTraceContaining("the other servers of the cluster cannot be asked");
        redis.start();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> a.io.to("red").call(Duration.ofSeconds(2), "q").expected() == 2);
        a.io.to("red").emit("end");
        assertThat(bob.until("end")).doesNotContain("lost").allMatch(event -> event.equals("q"));
    }

    @Test
    void whatAFrozenRedisHoldsBackArrivesOnce() throws Exception {
        redis.freeze();
        for (int i = 0; i < 100; i++) {
            a.io.to("red").emit("n", i);
        }
        a.io.to("red").local().emit("end");
        assertThat(ann.until("end")).hasSize(100);
        redis.thaw();
        a.io.to("red").emit("end");
        assertThat(bob.until("end")).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void nothingCountsAsWaitingAfterADisconnection() throws Exception {
        var traffic = new Traffic();
        try (var link = LettuceLink.connect(redis.url(), LinkLimits.defaults(), traffic, Optional.empty())) {
            redis.freeze();
            var sent = new ArrayList<CompletableFuture<Long>>();
            for (int i = 0; i < 100; i++) {
                sent.add(link.channels().publish("channel", new byte[1_000]).toCompletableFuture());
            }
            assertThat(link.waitingBytes()).isEqualTo(100_000);
            redis.kill();
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> sent.stream().allMatch(CompletableFuture::isCompletedExceptionally));
            assertThat(link.waitingBytes()).isZero();
            assertThat(traffic.dropped()).isEqualTo(100);
        }
        redis.start();
    }

    @Test
    void aSubscriptionThatNoLongerRespondsIsMadeAgain() throws Exception {
        var defaults = LinkLimits.defaults();
        var limits = new LinkLimits(defaults.maxPendingMessages(), defaults.maxPendingBytes(),
                Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(500));
        try (var link = LettuceLink.connect(redis.url(), limits, new Traffic(), Optional.empty())) {
            var messages = new LinkedBlockingQueue<String>();
            link.channels().subscribe(List.of("channel"), (channel, message) -> messages.add(channel));
            redis.freeze();
            Awaitility.await().atMost(LONG).until(() -> !link.connected());
            redis.thaw();
            Awaitility.await().atMost(LONG).until(() -> {
                link.channels().publish("channel", new byte[1]);
                return link.connected() && messages.poll() != null;
            });
        }
    }

    @Test
    void silentRedisEndsTheConnectionThatPublishes() throws Exception {
        var defaults = LinkLimits.defaults();
        var limits = new LinkLimits(defaults.maxPendingMessages(), defaults.maxPendingBytes(),
                Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(500));
        try (var link = LettuceLink.connect(redis.url(), limits, new Traffic(), Optional.empty())) {
            redis.freeze();
            var sent = link.channels().publish("channel", new byte[1]).toCompletableFuture();
            Awaitility.await().atMost(LONG).until(sent::isCompletedExceptionally);
            redis.thaw();
            Awaitility.await().atMost(LONG).until(link::connected);
        }
    }

    @Test
    void joinSaysWhatToDoWhenRedisIsAway() throws Exception {
        redis.kill();
        assertThatThrownBy(() -> ParleyCluster.join(redis.url(), ParleyNode.options().build()))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("Redis cannot be reached at 127.0.0.1:");
        assertThatThrownBy(() -> ParleyCluster.join("http://user:secret@x", ParleyNode.options().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessageContaining("redis://");
        redis.start();
    }
}
