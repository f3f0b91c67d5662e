package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis is frozen, or starts again without its data, under servers that recover clients. Needs the program redis-server. */
@Tag("real-time")
class RecoveryFaultsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ServerOptions RECOVERY = ServerOptions.builder()
            .connectionStateRecovery(RecoveryOptions.defaults())
            .build();

    private final RedisServer redis;
    private ParleyNode a;
    private ParleyNode b;
    private final RecoveringClient ann = new RecoveringClient();
    private final RecoveringClient bob = new RecoveringClient();

    RecoveryFaultsIT() throws Exception {
        redis = new RedisServer();
        start(false);
    }

    private void start(boolean recoveryByNodeJs) {
        var options = ParleyNode.options().recoveryByNodeJs(recoveryByNodeJs).build();
        a = new ParleyNode(redis.url(), options, "a", RECOVERY);
        b = new ParleyNode(redis.url(), options, "b", RECOVERY);
    }

    @AfterEach
    void stop() throws Exception {
        ann.close();
        bob.close();
        a.close();
        b.close();
        redis.stop();
    }

    /** Local clients receive events while Redis is frozen; afterwards, the others and a client that was away have each of them once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAFrozenRedisHoldsBackArrivesOnce(boolean recoveryByNodeJs) throws Exception {
        a.close();
        b.close();
        start(recoveryByNodeJs);
        var away = new RecoveringClient();
        away.connect(a.url());
        ann.connect(a.url());
        bob.connect(b.url());
        a.io.emit("first", 0);
        for (var client : List.of(ann, bob, away)) {
            assertThat(client.next()).isEqualTo("first 0");
        }
        Awaitility.await()
                .atMost(LONG)
                .until(() -> redis.command("EXISTS", "sio:session:" + away.pid).equals("1"));
        redis.freeze();
        var events = IntStream.range(0, 100).mapToObj(n -> "n " + n).toList();
        for (int n = 0; n < 100; n++) {
            a.io.emit("n", n);
        }
        for (String event : events) {
            assertThat(ann.next()).as("while Redis is frozen").isEqualTo(event);
        }
        away.lose();
        redis.thaw();
        Awaitility.await().atMost(LONG).until(() -> a.io.sockets().sockets().size() == 1);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> redis.command("EXISTS", "sio:session:" + away.pid).equals("1"));
        assertThat(away.connect(b.url())).isTrue();
        b.io.emit("end");
        assertThat(bob.until("end")).containsExactlyElementsOf(events);
        assertThat(away.until("end")).filteredOn(event -> !event.equals("end"))
                .endsWith("n 99")
                .doesNotHaveDuplicates();
        ann.lose();
        Awaitility.await().atMost(LONG).until(() -> a.io.sockets().sockets().isEmpty());
        Awaitility.await()
                .atMost(LONG)
                .until(() -> redis.command("EXISTS", "sio:session:" + ann.pid).equals("1"));
        assertThat(ann.connect(b.url())).isTrue();
        b.io.emit("last");
        assertThat(ann.until("last")).as("has the others already").doesNotContainAnyElementsOf(events);
        away.close();
    }

    @Test
    void aClientThatReturnsWhileRedisIsFrozenStartsAnew() throws Exception {
        ann.connect(a.url());
        a.io.emit("first", 0);
        ann.next();
        redis.freeze();
        ann.lose();
        assertThat(ann.connect(b.url())).isFalse();
        b.io.emit("second", 0);
        assertThat(ann.next()).isEqualTo("second 0");
        redis.thaw();
    }

    @Test
    void recoveryWorksAgainAfterRedisLostItsData() throws Exception {
        ann.connect(a.url());
        a.io.emit("first", 0);
        ann.next();
        ann.lose();
        redis.kill();
        redis.start();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> a.cluster.status().connected() && b.cluster.status().connected());
        assertThat(ann.connect(b.url())).isFalse();
        Awaitility.await().atMost(LONG).until(() -> {
            b.io.emit("again", 0);
            return redis.command("EXISTS", "sio:session:" + ann.pid).equals("1")
                    && Integer.parseInt(redis.command("XLEN", "socket.io")) > 0;
        });
        assertThat(ann.next()).isEqualTo("again 0");
        ann.lose();
        Awaitility.await().atMost(LONG).until(() -> b.io.sockets().sockets().isEmpty());
        Awaitility.await()
                .atMost(LONG)
                .until(() -> redis.command("EXISTS", "sio:session:" + ann.pid).equals("1"));
        assertThat(ann.connect(a.url())).isTrue();
    }
}
