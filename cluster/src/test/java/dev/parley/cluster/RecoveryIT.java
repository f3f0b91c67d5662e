package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.message.MessageLimits;
import dev.parley.cluster.message.SessionFormat;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that were lost come back to another server over a real Redis. Needs the program redis-server. */
@Tag("real-time")
class RecoveryIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ServerOptions RECOVERY = ServerOptions.builder()
            .connectionStateRecovery(RecoveryOptions.defaults())
            .build();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static RedisServer redis;

    private ParleyNode a;
    private ParleyNode b;
    private final RecoveringClient ann = new RecoveringClient();

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
        start(false);
    }

    private void start(boolean recoveryByNodeJs) {
        var options = ParleyNode.options()
                .prefix("test" + COUNT.incrementAndGet())
                .recoveryByNodeJs(recoveryByNodeJs)
                .build();
        a = new ParleyNode(redis.url(), options, "a", RECOVERY);
        b = new ParleyNode(redis.url(), options, "b", RECOVERY);
    }

    @AfterEach
    void stop() {
        ann.close();
        a.close();
        b.close();
    }

    /** Waits until the session of the client is kept, and its connection noticed as lost. */
    private void awaitKept(ParleyNode... noticed) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> {
            for (ParleyNode node : noticed) {
                if (!node.io.sockets().sockets().isEmpty()) {
                    return false;
                }
            }
            return isKept();
        });
    }

    private boolean isKept() throws Exception {
        return redis.command("EXISTS", "sio:session:" + ann.pid).equals("1");
    }

    @Test
    void aClientGetsWhatItMissedFromTheOtherServer() throws Exception {
        assertThat(ann.connect(a.url())).isFalse();
        ann.join("red");
        a.io.to("red").emit("one", 1);
        assertThat(ann.next()).isEqualTo("one 1");
        String id = ann.id;
        ann.lose();
        awaitKept(a);
        a.io.to("red").emit("two", 2);
        b.io.to("red").emit("three", 3);
        b.io.to("blue").emit("other", 4);
        b.io.to("red").except("red").emit("other", 5);
        a.io.to(id).emit("four", 4);
        assertThat(ann.connect(b.url())).isTrue();
        assertThat(ann.id).isEqualTo(id);
        a.io.to("red").emit("end"); // after what this server sent before, which may be on its way
        assertThat(ann.until("end")).containsExactlyInAnyOrder("two 2", "three 3", "four 4");
        Socket back = b.io.sockets().socket(id).orElseThrow();
        assertThat(back.recovered()).isTrue();
        assertThat(back.rooms()).contains("red", id);
        assertThat(back.data()).containsEntry("name", "nobody");
        a.io.to("red").emit("later");
        assertThat(ann.next()).isEqualTo("later");
    }

    @Test
    void aClientOfAKilledServerIsRecovered() throws Exception {
        ann.connect(a.url());
        ann.join("red");
        a.io.to("red").emit("one", 1);
        ann.next();
        awaitKept();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> redis.command("GET", "sio:session:" + ann.pid).equals(sessionOfAnn()));
        a.cluster.close(); // what it does from now on reaches Redis no more
        ann.lose();
        b.io.to("red").emit("two", 2);
        assertThat(ann.connect(b.url())).isTrue();
        b.io.to("red").emit("end");
        assertThat(ann.until("end")).containsExactly("two 2");
    }

    private String sessionOfAnn() {
        return new SessionFormat("/", 64_000, MessageLimits.defaults()).encode(
                new PersistedSession(ann.id, ann.pid, a.io.sockets().socket(ann.id).orElseThrow().rooms(),
                        a.io.sockets().socket(ann.id).orElseThrow().data()))
                .orElseThrow();
    }

    @Test
    void aClientMayReturnBeforeItsLossIsNoticed() throws Exception {
        ann.connect(a.url());
        ann.join("red");
        a.io.to("red").emit("one", 1);
        ann.next();
        awaitKept();
        var again = new RecoveringClient();
        again.pid = ann.pid;
        again.offset = ann.offset;
        assertThat(again.connect(b.url())).isTrue();
        Awaitility.await().atMost(LONG).until(() -> a.io.sockets().sockets().isEmpty());
        Awaitility.await().atMost(LONG).until(this::isKept);
        again.join("green");
        b.io.to("green").emit("two", 2);
        assertThat(again.next()).isEqualTo("two 2");
        Awaitility.await().atMost(LONG).until(this::isKept);
        var third = new RecoveringClient();
        third.pid = again.pid;
        third.offset = again.offset;
        assertThat(third.connect(b.url())).as("to the same server").isTrue();
        b.io.to("red").emit("three", 3);
        assertThat(third.next()).isEqualTo("three 3");
        assertThat(b.io.sockets().sockets()).hasSize(1);
        again.close();
        third.close();
    }

    @Test
    void aClientThatWasDisconnectedIsNotRecovered() throws Exception {
        ann.connect(a.url());
        a.io.emit("one", 1);
        ann.next();
        awaitKept();
        a.io.sockets().socket(ann.id).orElseThrow().disconnect(true);
        Awaitility.await().atMost(LONG).until(() -> !isKept());
        assertThat(ann.connect(b.url())).isFalse();
    }

    @Test
    void valuesThatAreNoSessionsStartANewOne() throws Exception {
        ann.connect(a.url());
        a.io.emit("one", 1);
        ann.next();
        awaitKept();
        String good = redis.command("GET", "sio:session:" + ann.pid);
        for (String value : List.of("x", "gaR4", good.substring(0, 40), good.replace('h', 'i'),
                "A".repeat(70_000))) {
            var client = new RecoveringClient();
            client.pid = ann.pid;
            client.offset = ann.offset;
            redis.command("SET", "sio:session:" + ann.pid, value);
            assertThat(client.connect(b.url())).isFalse();
            client.close();
        }
        for (String offset : List.of("x", "0-0", "99999999999999-0", ann.offset + "x", "1-1+x:1",
                "18446744073709551616-0")) {
            var client = new RecoveringClient();
            client.pid = ann.pid;
            client.offset = offset;
            redis.command("SET", "sio:session:" + ann.pid, good);
            assertThat(client.connect(b.url())).as(offset).isFalse();
            client.close();
        }
    }

    @Test
    void aSessionIsRestoredInItsNamespaceOnly() throws Exception {
        b.io.of("/admin");
        ann.connect(a.url());
        a.io.emit("one", 1);
        ann.next();
        ann.lose();
        awaitKept(a);
        assertThat(ann.connect(b.url(), "/admin")).isFalse();
    }

    @Test
    void anOffsetThatWasTrimmedIsNotRecovered() throws Exception {
        ann.connect(a.url());
        a.io.emit("one", 1);
        ann.next();
        ann.lose();
        awaitKept(a);
        a.io.emit("two", 2);
        b.io.emit("three", 3);
        String stream = "test" + COUNT.get();
        Awaitility.await().atMost(LONG).until(() -> Integer.parseInt(redis.command("XLEN", stream)) >= 3);
        redis.command("XTRIM", stream, "MAXLEN", "1");
        var c = new ParleyNode(redis.url(), ParleyNode.options().prefix(stream).build(), "c", RECOVERY);
        assertThat(ann.connect(c.url())).isFalse();
        c.close();
    }

    /** The client moves between the servers while both send; it must get each event once, in the order of each server. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatMovesWhileEventsAreSentMissesNone(boolean recoveryByNodeJs) throws Exception {
        stop();
        start(recoveryByNodeJs);
        var client = new RecoveringClient();
        client.connect(a.url());
        client.join("red");
        a.io.to("red").emit("begin", 0);
        client.next();
        var sending = List.of(a, b)
                .stream()
                .map(node -> CompletableFuture.runAsync(() -> send(node, 1_000)))
                .toList();
        var random = new Random(1);
        var got = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            for (int n = random.nextInt(100); n >= 0; n--) {
                got.add(client.next());
            }
            String pid = client.pid;
            Awaitility.await()
                    .atMost(LONG)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> redis.command("EXISTS", "sio:session:" + pid).equals("1"));
            client.lose();
            Awaitility.await()
                    .atMost(LONG)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> a.io.sockets().sockets().isEmpty() && b.io.sockets().sockets().isEmpty());
            assertThat(client.connect(random.nextBoolean() ? a.url() : b.url())).as("time %s", i).isTrue();
        }
        sending.forEach(CompletableFuture::join);
        while (got.size() < 2_000) {
            got.add(client.next());
        }
        for (String name : List.of("a", "b")) {
            assertThat(got.stream().filter(event -> event.startsWith(name))).containsExactlyElementsOf(
                    IntStream.range(0, 1_000).mapToObj(n -> name + " " + n).toList());
        }
        client.close();
    }

    private void send(ParleyNode node, int count) {
        String name = node == a ? "a" : "b";
        for (int n = 0; n < count; n++) {
            node.io.to("red").emit(name, n);
            try {
                Thread.sleep(1); // spreads the events over the moves
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
