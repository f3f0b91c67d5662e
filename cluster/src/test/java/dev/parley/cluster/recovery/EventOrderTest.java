package dev.parley.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.VirtualTime;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventOrderTest {
    private static final LogId BEGIN = new LogId(1, 0);
    private static final Duration MAX_WAIT = Duration.ofMillis(60);

    private final VirtualTime time = new VirtualTime();
    private final SimulatedRedis redis = new SimulatedRedis(new Random(1), time, of -> {});
    private final OneSocket socket = new OneSocket();
    private final InMemoryAdapter local = new InMemoryAdapter(socket);

    private EventOrder order(Duration maxWait) {
        var order = new EventOrder(redis.connect("me"), RecoveryOptions.defaults(), time, local, time,
                maxWait);
        local.addAll(socket.id(), Set.of(socket.id()));
        order.read(new LogEntry(BEGIN, "", 0, Optional::empty), Set.of());
        return order;
    }

    private static void broadcast(EventOrder order, String event) {
        order.broadcast(Arguments.of("[\"" + event + "\"]"), BroadcastOptions.ALL);
    }

    private static void readOwn(EventOrder order, long number) {
        order.read(new LogEntry(new LogId(1, number), "me", number, Optional::empty), Set.of());
    }

    private MissedEvents missed(String offset) {
        var session = new PersistedSession(socket.id(), "pid", Set.of(), Map.of());
        return new MissedEvents(Offset.parse(offset).orElseThrow(), session, RecoveryOptions.defaults());
    }

    @Test
    void broadcastsAheadOfTheLogAreForgottenAfterAMinute() {
        var order = order(Duration.ZERO);
        order.resume(missed("1-0+other:5"), BEGIN, () -> true);
        broadcast(order, "a");
        time.advance(Duration.ofSeconds(61), () -> {});
        broadcast(order, "b");
        assertThat(socket.received).containsExactly("[\"a\",\"1-0+me:1+other:5\"]", "[\"b\",\"1-0+me:2\"]");
    }

    @Test
    void clientThatIsNotResumedIsAheadOfNothing() {
        var order = order(Duration.ZERO);
        order.resume(missed("1-0+other:5"), BEGIN, () -> false);
        broadcast(order, "a");
        assertThat(socket.received).containsExactly("[\"a\",\"1-0+me:1\"]");
    }

    private static void readOther(EventOrder order, long millis, long number) {
        var event = new ClusterMessage.Broadcast(Arguments.of("[\"" + millis + "\"]"), BroadcastOptions.ALL);
        order.read(new LogEntry(new LogId(millis, 0), "other", number, () -> Optional.of(event)), Set.of());
    }

    @Test
    void clientThatBeginsAnewReceivesNothingAgain() {
        var order = order(Duration.ZERO);
        order.beginAnew(socket.id(), Offset.parse("5-0+me:3+other:7").orElseThrow());
        broadcast(order, "a");
        readOther(order, 5, 6);
        broadcast(order, "b");
        readOther(order, 6, 7);
        readOther(order, 7, 8);
        assertThat(socket.received).containsExactly("[\"a\",\"5-0+me:1+other:7\"]",
                "[\"b\",\"5-0+me:2+other:7\"]", "[\"7\",\"7-0+me:2\"]");
    }

    @Test
    void clientThatNeedsAnEntryOfAGapIsNotResumed() {
        var order = order(Duration.ZERO);
        readOther(order, 2, 1);
        order.missed();
        readOther(order, 200, 199);
        assertThat(order.resume(missed("2-0"), new LogId(2, 0), () -> true)).contains(new LogId(200, 0));
        assertThat(order.resume(missed("200-0"), new LogId(200, 0), () -> true)).isEmpty();
    }

    @Test
    void offsetFromTheFutureOfTheLogKeepsNothingFromTheClient() {
        var order = order(Duration.ZERO);
        order.beginAnew(socket.id(), Offset.parse("5000-0").orElseThrow());
        readOther(order, 5, 1);
        assertThat(socket.received).containsExactly("[\"5\",\"5-0\"]");
    }

    @Test
    void foreignEntryWithTheNameOfThisServerIsIgnored() {
        var order = order(Duration.ZERO);
        readOwn(order, 99);
        broadcast(order, "a");
        assertThat(socket.received).containsExactly("[\"a\",\"1-99+me:1\"]");
    }

    @Test
    void broadcastsWaitAgainWhenTheLogIsInTime() {
        var order = order(MAX_WAIT);
        broadcast(order, "1");
        time.advance(MAX_WAIT, () -> {});
        broadcast(order, "2");
        assertThat(socket.received).as("the log is late").hasSize(2);
        broadcast(order, "3");
        readOwn(order, 1);
        readOwn(order, 2);
        broadcast(order, "4");
        assertThat(socket.received).as("the log is in time").hasSize(3);
        readOwn(order, 3);
        readOwn(order, 4);
        assertThat(socket.received).last().isEqualTo("[\"4\",\"1-4\"]");
    }

    /** A server with one socket, which keeps what it receives. */
    private final class OneSocket implements AdapterHost, LocalSocket {
        private final List<String> received = new ArrayList<>();

        @Override
        public String name() {
            return "/";
        }

        @Override
        public Optional<LocalSocket> find(String id) {
            return Optional.of(this);
        }

        @Override
        public Collection<LocalSocket> all() {
            return List.of(this);
        }

        @Override
        public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
            return new PreparedEvent(event, List.of(), options.isVolatile());
        }

        @Override
        public Optional<RecoveryOptions> recovery() {
            return Optional.empty();
        }

        @Override
        public InstantSource clock() {
            return time;
        }

        @Override
        public void serverSideEvent(Arguments event, Consumer<Arguments> answer) {}

        @Override
        public String id() {
            return "socket";
        }

        @Override
        public SocketDescription describe() {
            return new SocketDescription(id(), "{}", Set.of(), Map.of());
        }

        @Override
        public void deliver(PreparedEvent event) {
            received.add(event.event().json());
        }

        @Override
        public void ask(Arguments event, Duration timeout, AckCollector collector) {}

        @Override
        public void enter(Set<String> rooms) {}

        @Override
        public void exit(Set<String> rooms) {}

        @Override
        public void expel(boolean closeConnection) {}
    }
}
