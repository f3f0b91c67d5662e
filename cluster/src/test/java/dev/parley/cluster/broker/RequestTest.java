package dev.parley.cluster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.Broker;
import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.cluster.message.MessageLimits;
import dev.parley.server.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many servers a request is said to have reached. */
class RequestTest {
    private static final ClusterMessage.Request REQUEST = new ClusterMessage.FetchSockets("r",
            BroadcastOptions.ALL);

    private final FakeLink link = new FakeLink();
    private final Traffic traffic = new Traffic();

    private Broker broker(String adapter) {
        var context = new BrokerContext(MessageLimits.defaults(), traffic, (delay, action) -> () -> {},
                Duration.ofSeconds(1), () -> 0);
        var receiver = new Broker.Receiver() {
            @Override
            public void received(String sender, ClusterMessage message) {}

            @Override
            public void logged(LogEntry entry) {}

            @Override
            public boolean hasRoom(String room) {
                return true;
            }
        };
        return switch (adapter) {
            case "pubsub" -> new PubSubBroker("me", "/", "p", link, receiver, context);
            case "sharded" -> new ShardedBroker("me", "/", "p", link, receiver, context);
            default -> new StreamsBroker("me", "/", "p", link, receiver, context);
        };
    }

    private CompletionStage<Integer> ask(String adapter) {
        return broker(adapter).ask(REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub", "sharded", "streams"})
    void reachesTheOtherServers(String adapter) {
        assertThat(ask(adapter)).isCompletedWithValue(2);
        assertThat(link.commands.getFirst()).startsWith("publish ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub", "streams"})
    void subscribersOfPatternsAreNoServers(String adapter) {
        link.patterns = 2;
        assertThat(ask(adapter)).isCompletedWithValue(2);
        assertThat(link.commands).hasSize(2);
        assertThat(link.commands.get(1)).isEqualTo(link.commands.getFirst().replace("publish", "count"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub", "sharded", "streams"})
    void failsWhileNotConnected(String adapter) {
        link.connected = false;
        assertThat(ask(adapter)).isCompletedExceptionally();
        assertThat(link.commands).isEmpty();
        assertThat(traffic.dropped()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub", "sharded", "streams"})
    void sendsNothingMoreWhenTheRequestIsDropped(String adapter) {
        link.full = true;
        assertThat(ask(adapter)).isCompletedExceptionally();
        assertThat(link.commands).hasSize(1);
    }
}
