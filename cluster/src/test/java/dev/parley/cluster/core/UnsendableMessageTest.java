package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.broker.GuardedBroker;
import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Messages that cannot be encoded for other servers still reach the sockets of this one. */
class UnsendableMessageTest {
    private final VirtualTime time = new VirtualTime();
    private final Traffic traffic = new Traffic();
    private final SimulatedHost host = new SimulatedHost(time, new Random(1));
    private final ClusterAdapter adapter = new ClusterAdapter(host,
            (namespace, receiver) -> new GuardedBroker(new Throwing(), traffic), AdapterLimits.defaults(),
            time, () -> "r");
    private final SimulatedHost.Client client;

    UnsendableMessageTest() {
        host.adapter = adapter;
        client = host.connect("c", Set.of("red"));
    }

    @Test
    void broadcastsReachLocalSockets() {
        adapter.broadcast(Arguments.of("[\"s:1\"]"), BroadcastOptions.room("red"));
        assertThat(client.received).containsExactly("s:1");
        assertThat(traffic.dropped()).isOne();
    }

    @Test
    void commandsReachLocalSockets() {
        adapter.addSockets(BroadcastOptions.room("red"), Set.of("blue"));
        assertThat(adapter.socketRooms("c")).contains("blue");
        adapter.disconnectSockets(BroadcastOptions.room("blue"), true);
        assertThat(host.clients).isEmpty();
        assertThat(traffic.dropped()).isEqualTo(2);
    }

    @Test
    void callsAskLocalSocketsAndEnd() {
        var collector = new CheckedCollector();
        adapter.broadcastWithAck(Arguments.of("[\"q\"]"), BroadcastOptions.ALL, Duration.ofSeconds(1),
                collector);
        assertThat(collector.servers).isOne();
        assertThat(collector.expected).isOne();
        assertThat(adapter.pendingRequests()).isZero();
        assertThat(traffic.dropped()).isOne();
    }

    @Test
    void fetchFailsAtOnce() {
        assertThat(adapter.fetchSockets(BroadcastOptions.ALL)).isCompletedExceptionally();
        assertThat(adapter.pendingRequests()).isZero();
    }

    /** Cannot encode anything. */
    private static final class Throwing implements Broker {
        @Override
        public void start() {}

        @Override
        public void send(ClusterMessage message) {
            throw new IllegalArgumentException("cannot be encoded");
        }

        @Override
        public CompletionStage<Integer> ask(ClusterMessage.Request request) {
            throw new IllegalArgumentException("cannot be encoded");
        }

        @Override
        public void respond(String to, ClusterMessage.Response response) {
            throw new IllegalArgumentException("cannot be encoded");
        }

        @Override
        public int serverCount() {
            return 1;
        }

        @Override
        public void close() {}
    }
}
