package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.redis.LettuceLink;
import dev.parley.cluster.redis.LinkLimits;
import dev.parley.server.RemoteSocket;
import dev.parley.server.Replies;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two Parley servers over a real Redis act as one. Needs the program redis-server. */
@Tag("real-time")
@ParameterizedClass
@EnumSource(ClusterOptions.Adapter.class)
class ClusterIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static RedisServer redis;

    @Parameter
    ClusterOptions.Adapter adapter = ClusterOptions.Adapter.STREAMS;

    private ParleyNode a;
    private ParleyNode b;
    private TestClient ann;
    private TestClient bob;
    private TestClient eve;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @BeforeEach
    void start() {
        var options = ParleyNode.options().adapter(adapter).prefix("test" + COUNT.incrementAndGet()).build();
        a = new ParleyNode(redis.url(), options, "a");
        b = new ParleyNode(redis.url(), options, "b");
        ann = new TestClient(a.url(), "ann", "red", "blue");
        bob = new TestClient(b.url(), "bob", "red");
        eve = new TestClient(b.url(), "eve", "green");
        ParleyNode.awaitSockets(3, a, b);
    }

    @AfterEach
    void stop() {
        ann.close();
        bob.close();
        eve.close();
        a.close();
        b.close();
    }

    @Test
    void sendsToSocketsOfBothServersOnce() throws Exception {
        a.io.to("red", "blue").emit("e", 1);
        a.io.to("red").local().emit("e", 2);
        a.io.except("green").emit("e", 3, new byte[]{1, -1});
        a.io.to("red").emit("e", "ünï 😀");
        a.io.to("red", "green").emit("end");
        assertThat(ann.until("end")).containsExactly("e 1", "e 2", "e 3 01ff", "e \"ünï 😀\"");
        assertThat(bob.until("end")).containsExactly("e 1", "e 3 01ff", "e \"ünï 😀\"");
        assertThat(eve.until("end")).isEmpty();
        a.io.to("red").asVolatile().compress(false).emit("volatile");
        assertThat(bob.next()).isEqualTo("volatile");
    }

    @Test
    void collectsTheAcknowledgementsOfBothServers() throws Exception {
        Replies replies = a.io.to("red").call(LONG, "q", new byte[]{7});
        assertThat(replies.complete()).isTrue();
        assertThat(replies.values(String.class)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(bob.next()).isEqualTo("q 07");
        Replies silent = a.io.to("red").call(Duration.ofSeconds(1), "silent");
        assertThat(silent.expected()).isEqualTo(2);
        assertThat(silent.replies()).isEmpty();
    }

    @Test
    void reachesASocketOfTheOtherServer() throws Exception {
        List<RemoteSocket> found = a.io.in("red").except("blue").fetchSockets();
        assertThat(found).extracting(RemoteSocket::id).containsExactly(bob.id);
        var remote = found.getFirst();
        assertThat(remote.data()).containsEntry("name", "nobody");
        assertThat(remote.rooms()).containsExactlyInAnyOrder("red", bob.id);
        assertThat(remote.handshake().url()).contains("transport=websocket");
        assertThat(remote.handshake().headers()).containsKey("host");
        remote.emit("hello", 1);
        assertThat(bob.next()).isEqualTo("hello 1");
        assertThat(remote.call(LONG, "q").text(0)).isEqualTo("bob");
        remote.join("team");
        Awaitility.await().atMost(LONG).until(() -> b.io.sockets().adapter().rooms().contains("team"));
        remote.leave("team");
        Awaitility.await().atMost(LONG).until(() -> !b.io.sockets().adapter().rooms().contains("team"));
        remote.disconnect(true);
        Awaitility.await().atMost(LONG).until(() -> !bob.connected());
        assertThat(a.io.fetchSockets()).extracting(RemoteSocket::id)
                .containsExactlyInAnyOrder(ann.id, eve.id);
    }

    @Test
    void serverSideEventsReachTheOtherServerOnly() throws Exception {
        a.io.serverSideEmit("news", "hi", new byte[]{9});
        assertThat(b.news.poll(60, TimeUnit.SECONDS)).startsWith("[\"news\",\"hi\",{\"_placeholder\"");
        Replies replies = b.io.serverSideCall(LONG, "news", "ho");
        assertThat(replies.values(String.class)).containsExactly("a");
        assertThat(replies.complete()).isTrue();
        assertThat(a.news).containsExactly("[\"news\",\"ho\"]");
        assertThat(b.news).isEmpty();
    }

    @Test
    void aSubscriberOfAPatternIsNoServer() {
        var seen = new LinkedBlockingQueue<String>();
        try (var tool = LettuceLink.connect(redis.url(), LinkLimits.defaults(), new Traffic(),
                Optional.empty())) {
            tool.subscribePattern("*", (channel, message) -> seen.add(channel));
            Awaitility.await().atMost(LONG).until(() -> {
                tool.channels().publish("probe", new byte[1]);
                return seen.contains("probe");
            });
            assertThat(a.io.fetchSockets()).hasSize(3);
            assertThat(a.io.to("red").call(LONG, "q").values(String.class)).containsExactlyInAnyOrder("ann",
                    "bob");
            assertThat(a.io.serverSideCall(LONG, "news").expected()).isOne();
        }
    }

    @Test
    void aServerThatLeavesIsNotWaitedFor() {
        b.close();
        Awaitility.await().atMost(LONG).until(() -> a.io.sockets().adapter().serverCount() == 1);
        assertThat(a.io.to("red").call(LONG, "q").values(String.class)).containsExactly("ann");
        assertThat(a.io.fetchSockets()).hasSize(1);
        assertThat(a.io.serverSideCall(LONG, "news").expected()).isZero();
    }
}
