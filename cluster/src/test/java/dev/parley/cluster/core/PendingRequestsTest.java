package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.server.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
    private static final ClusterMessage.Request REQUEST = new ClusterMessage.FetchSockets("r",
            BroadcastOptions.ALL);

    private final VirtualTime time = new VirtualTime();
    private final SimulatedNetwork network = new SimulatedNetwork(new Random(1), time, true);
    private final Broker broker = network.open("me", new NoReceiver());
    private final PendingFetch fetch = new PendingFetch(List.of());

    PendingRequestsTest() {
        network.open("other", new NoReceiver());
    }

    @Test
    void aTimeoutThatFiresAtOnceLeavesNothingBehind() {
        var pending = new PendingRequests(1, (delay, action) -> {
            action.run();
            return () -> {};
        }, Peers.UNKNOWN);
        pending.ask(broker, REQUEST, Duration.ZERO, fetch);
        assertThat(pending.size()).isZero();
        assertThat(fetch.result()).isCompletedExceptionally();
    }

    @Test
    void theTimeoutOfARequestThatEndsIsCancelled() {
        var pending = new PendingRequests(1, time, Peers.UNKNOWN);
        pending.ask(broker, REQUEST, Duration.ofSeconds(5), fetch);
        assertThat(pending.size()).isOne();
        var refused = new PendingFetch(List.of());
        pending.ask(broker, REQUEST, Duration.ofSeconds(5), refused);
        assertThat(refused.result()).as("beyond the limit").isCompletedExceptionally();
        time.advance(Duration.ofSeconds(1), () -> {});
        pending.responded("other", new ClusterMessage.Sockets("r", List.of()));
        assertThat(fetch.result()).isCompletedWithValue(List.of());
        assertThat(pending.size()).isZero();
        time.advance(Duration.ofSeconds(10), () -> {
            throw new AssertionError("the timeout has fired");
        });
    }

    private record NoReceiver() implements Broker.Receiver {
        @Override
        public void received(String sender, ClusterMessage message) {}

        @Override
        public void logged(LogEntry entry) {}

        @Override
        public boolean hasRoom(String room) {
            return false;
        }
    }
}
