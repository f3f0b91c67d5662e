package dev.parley.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.VirtualTime;
import dev.parley.server.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestorationTest {
    private final Random random = new Random(1);
    private final VirtualTime time = new VirtualTime();
    private final SimulatedRedis redis = new SimulatedRedis(random, time, of -> {});
    private final SimulatedServer server = new SimulatedServer("s", redis, time, random, Duration.ZERO);
    private final SimulatedClient client = new SimulatedClient("c", Set.of("red"), time);

    private void pass(long millis) {
        time.advance(Duration.ofMillis(millis), () -> {});
    }

    /** The client has received an event, and the server has noticed that it was lost. */
    private void loseTheClient() {
        pass(100);
        client.connect(server);
        pass(300);
        server.broadcast(BroadcastOptions.ALL);
        pass(300);
        client.lose(0);
        pass(300);
    }

    /** Returns a server that has none of the events in memory. */
    private SimulatedServer newServer() {
        pass(300);
        var other = new SimulatedServer("t", redis, time, random, Duration.ZERO);
        pass(300);
        return other;
    }

    @Test
    void eventsOfManyPagesAreRead() {
        loseTheClient();
        for (int i = 0; i < 250; i++) {
            server.broadcast(BroadcastOptions.room("blue"));
        }
        String last = server.broadcast(BroadcastOptions.room("red"));
        client.connect(newServer());
        pass(5_000);
        assertThat(client.recoveries).isOne();
        assertThat(client.received).containsExactlyInAnyOrder("s:0", last);
    }

    @Test
    void clientStartsAnewIfEventsAreTrimmedMeanwhile() {
        loseTheClient();
        server.broadcast(BroadcastOptions.room("red"));
        server.broadcast(BroadcastOptions.room("red"));
        var other = newServer();
        redis.trimBeforeRead(3); // the first, the last that the client has, and one that it misses
        client.connect(other);
        pass(5_000);
        assertThat(client.recoveries).isZero();
        assertThat(client.connected()).isTrue();
    }

    @Test
    void secondAttemptResumesWhatTheFirstHasTaken() {
        loseTheClient();
        server.broadcast(BroadcastOptions.ALL);
        redis.freeze(Duration.ofMillis(500));
        client.connect(server);
        client.lose(0);
        client.connect(server);
        client.lose(0);
        client.connect(server);
        pass(5_000);
        assertThat(client.recoveries).isOne();
        assertThat(client.received).containsExactlyInAnyOrder("s:0", "s:1");
    }
}
