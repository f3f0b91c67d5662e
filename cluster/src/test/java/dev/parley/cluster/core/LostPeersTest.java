package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Requests whose servers die. */
class LostPeersTest {
    private static final String ANN = "aaaaaaaaaaaaaaaa";
    private static final String BOB = "bbbbbbbbbbbbbbbb";
    private static final String NODE = "cccccccccccccccc";
    private static final ClusterMessage.Request FETCH = new ClusterMessage.FetchSockets("r",
            BroadcastOptions.ALL);
    private static final ClusterMessage.Request CALL = new ClusterMessage.Call("r", Arguments.of("[\"q\"]"),
            BroadcastOptions.ALL, Optional.empty());
    private static final Arguments YES = Arguments.of("[\"yes\"]");

    private final VirtualTime time = new VirtualTime();
    private final Set<String> alive = new HashSet<>(Set.of(ANN, BOB));
    private final PendingRequests pending = new PendingRequests(10, time, new Peers() {
        @Override
        public Set<String> names() {
            return Set.copyOf(alive);
        }

        @Override
        public Runnable onLeft(Consumer<String> listener) {
            throw new AssertionError("the adapter listens");
        }
    });
    private final CompletableFuture<Integer> reached = new CompletableFuture<>();
    private final PendingFetch fetch = new PendingFetch(List.of());
    private final CheckedCollector collector = new CheckedCollector();

    private void ask(ClusterMessage.Request request, PendingRequest what) {
        pending.ask(new Asking(), request, Duration.ofMinutes(5), what);
    }

    private void left(String peer) {
        alive.remove(peer);
        pending.left(peer);
    }

    @Test
    void aFetchEndsWithWhatTheOthersHave() {
        ask(FETCH, fetch);
        reached.complete(3);
        var found = new SocketDescription("x", "{}", Set.of(), Map.of());
        pending.responded(ANN + "0", new ClusterMessage.Sockets("r", List.of(found)));
        left(BOB);
        assertThat(fetch.result()).as("one on Node.js is waited for").isNotDone();
        left(ANN);
        assertThat(fetch.result()).as("has responded before its death").isNotDone();
        pending.responded(NODE, new ClusterMessage.Sockets("r", List.of()));
        assertThat(fetch.result()).isCompletedWithValue(List.of(found));
        assertThat(pending.size()).isZero();
    }

    @Test
    void aDeathBeforeItIsKnownHowManyWereAskedCounts() {
        ask(FETCH, fetch);
        left(BOB);
        left(ANN);
        assertThat(fetch.result()).isNotDone();
        reached.complete(2);
        assertThat(fetch.result()).isCompletedWithValue(List.of());
        assertThat(pending.size()).isZero();
    }

    @Test
    void whoWasDeadWhenItWasAskedIsNotAmongThoseThatResponded() {
        left(BOB);
        ask(FETCH, fetch);
        reached.complete(2);
        pending.left(BOB);
        pending.responded(ANN + "0", new ClusterMessage.Sockets("r", List.of()));
        assertThat(fetch.result()).isNotDone();
        pending.responded(NODE, new ClusterMessage.Sockets("r", List.of()));
        assertThat(fetch.result()).isCompleted();
    }

    @Test
    void aServerThatMayNotHaveTheNamespaceStandsForNoOther() {
        ask(FETCH, fetch);
        reached.complete(1);
        left(BOB);
        assertThat(fetch.result()).isNotDone();
        pending.responded(ANN + "0", new ClusterMessage.Sockets("r", List.of()));
        assertThat(fetch.result()).isCompleted();
    }

    @Test
    void aLateResponseOfTheDeadStandsForNoOther() {
        ask(FETCH, fetch);
        reached.complete(2);
        left(BOB);
        pending.responded(BOB + "0", new ClusterMessage.Sockets("r", List.of()));
        assertThat(fetch.result()).isNotDone();
    }

    @Test
    void theClientsOfTheDeadDoNotAnswer() {
        ask(CALL, new PendingCall(collector));
        collector.expect(0); // by this server itself
        reached.complete(2);
        pending.responded(ANN + "0", new ClusterMessage.ClientCount("r", 2));
        pending.responded(ANN + "0", new ClusterMessage.ClientAck("r", YES));
        left(BOB);
        assertThat(pending.size()).isOne();
        assertThat(collector.complete()).isFalse();
        left(ANN);
        assertThat(collector.complete()).isTrue();
        assertThat(collector.without).isOne();
        assertThat(pending.size()).isZero();
        pending.responded(ANN + "0", new ClusterMessage.ClientAck("r", YES));
        collector.check();
    }

    @Test
    void theDeadDoNotReplyToServerSideEvents() {
        ask(new ClusterMessage.ServerCall("r", YES), new PendingServerCall(collector));
        reached.complete(2);
        pending.responded(ANN + "0", new ClusterMessage.ServerReply("r", YES));
        left(ANN);
        assertThat(collector.without).isZero();
        left(BOB);
        assertThat(collector.without).isOne();
        assertThat(pending.size()).isZero();
    }

    /** Says later how many servers were reached. */
    private final class Asking implements Broker {
        @Override
        public CompletionStage<Integer> ask(ClusterMessage.Request request) {
            return reached;
        }

        @Override
        public void start() {}

        @Override
        public void send(ClusterMessage message) {}

        @Override
        public void respond(String to, ClusterMessage.Response response) {}

        @Override
        public int serverCount() {
            return 1;
        }

        @Override
        public void close() {}
    }
}
