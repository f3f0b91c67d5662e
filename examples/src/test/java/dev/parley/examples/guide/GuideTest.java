package dev.parley.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.test.ConnectRefusedException;
import dev.parley.server.test.SocketIoTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the code of the guide and checks the results that the guide describes. */
class GuideTest {
    private final SocketIoServer io = SocketIoServer.create(ServerOptions.defaults());
    private SocketIoTest test = test(io);

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void roomsSeparateMembersFromOthers() {
        // guide: testing
        var server = SocketIoServer.create(ServerOptions.defaults());
        Events.rooms(server); // registers the handlers shown in "Rooms"
        try (var clients = SocketIoTest.of(server)) {
            var anna = clients.connect("/");
            var ben = clients.connect("/");
            ben.emit("join", "tea");
            anna.emit("join", "tea");
            assertThat(ben.received("joined")).extracting(event -> event.text(0)).containsExactly(anna.id());
            assertThat(anna.received("joined")).isEmpty();
        }
        // guide: end
    }

    @Test
    void disconnectingClientTellsItsRooms() {
        Events.rooms(io);
        var anna = test.connect("/");
        var ben = test.connect("/");
        ben.emit("join", "tea");
        anna.emit("join", "tea");
        anna.disconnect();
        assertThat(ben.received("left")).extracting(event -> event.text(0)).containsExactly(anna.id());
    }

    @Test
    void broadcastsReachEachReceiverOnce() {
        var client = test.connect("/");
        client.serverSocket().join("room:tea", "room:coffee");
        Events.broadcasts(io, client.serverSocket(), client.id());
        assertThat(client.received("news")).extracting(event -> event.text(0))
                .containsExactly("to everyone", "to two rooms, once to whoever is in both",
                        "to one client, by its id", "to everyone outside a room");
        assertThat(client.received("position")).hasSize(1);
    }

    @Test
    void adminsOfTheOtherNamespaceDisconnectClients() {
        Events.namespaces(io);
        var client = test.connect("/");
        test.connect("/admin").emit("kick", client.id());
        assertThat(client.connected()).isFalse();
    }

    @Test
    void acknowledgementsGoBothWays() {
        Events.acknowledge(io);
        Events.call(io);
        var anna = test.connect("/").answer("confirm", event -> event.text(0).equals("tea"));
        assertThat(anna.call("add", 1, 2).as(0, Integer.class)).isEqualTo(3);
        anna.emit("order", "tea");
        assertThat(anna.received("ordered").getLast().as(0, Boolean.class)).isTrue();
        var silent = test.connect("/");
        silent.emit("order", "tea");
        test.advance(Duration.ofSeconds(10));
        assertThat(silent.received("ordered").getLast().as(0, Boolean.class)).isFalse();
    }

    @Test
    void callToManyCollectsTheirReplies() {
        for (boolean vote : List.of(true, false, true)) {
            test.client().answer("vote", event -> vote).connect("/").serverSocket().join("room:tea");
        }
        assertThat(Events.vote(io)).isEqualTo(2);
    }

    @Test
    void payloadsBecomeRecordsAndOthersAreReported() {
        Events.typed(io);
        var anna = test.connect("/");
        anna.serverSocket().join("room:tea");
        anna.emit("chat", Map.of("room", "tea", "text", "hello"));
        assertThat(anna.received("said").getFirst().json(0).path("text").asString()).isEqualTo("hello");
        anna.emit("chat", Map.of("room", "tea"));
        assertThat(anna.received("problem")).extracting(event -> event.text(0)).containsExactly("chat");
    }

    @Test
    void argumentsBecomeRecordsOfOneOrOfMany() {
        Events.withAck(io);
        var anna = test.connect("/");
        assertThat(anna.call("move", Map.of("x", 3, "y", 4)).as(0, Integer.class)).isEqualTo(12);
        assertThat(anna.call("step", 3, 4).as(0, Integer.class)).isEqualTo(7);
    }

    @Test
    void bytesTravelAloneAndInRecords() {
        Events.bytes(io);
        var anna = test.connect("/");
        var ben = test.connect("/");
        assertThat(anna.call("upload", Map.of("name", "a", "content", new byte[5])).as(0, Integer.class))
                .isEqualTo(5);
        anna.emit("picture", new byte[]{1, 2});
        assertThat(ben.received("picture").getFirst().bytes(0)).containsExactly(1, 2);
    }

    @Test
    void strangersAreRefused() {
        Operation.auth(io, token -> token.equals("t") ? Optional.of("anna") : Optional.empty());
        var anna = test.connect("/", Map.of("token", "t"));
        assertThat(anna.serverSocket().rooms()).contains("user:anna");
        assertThatThrownBy(() -> test.connect("/", Map.of("token", "x"))).isInstanceOfSatisfying(
                ConnectRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo("not authorized"));
        assertThatThrownBy(() -> test.connect("/")).isInstanceOf(ConnectRefusedException.class);
        assertThatThrownBy(() -> test.connect("/", Map.of())).isInstanceOf(ConnectRefusedException.class);
    }

    @Test
    void lostClientGetsWhatItMissed() {
        test.close();
        test = test(Operation.recovery());
        var anna = test.connect("/");
        var ben = test.connect("/");
        ben.emit("say", "before");
        anna.lose();
        ben.emit("say", "meanwhile");
        var again = anna.reconnect();
        assertThat(again.serverSocket().recovered()).isTrue();
        assertThat(again.received("said")).extracting(event -> event.text(0)).containsExactly("meanwhile");
        assertThat(again.received("history")).isEmpty();
    }

    @Test
    void slowClientsAreHandled() {
        Operation.export(io, List.of("a", "b"));
        var ticker = new OneListener();
        Operation.ticker(io, ticker);
        var anna = test.connect("/");
        assertThat(anna.call("export").as(0, Integer.class)).isEqualTo(2);
        assertThat(anna.received("row")).hasSize(2);
        ticker.listener.orElseThrow().accept(2.5);
        assertThat(anna.await("price", 1).getFirst().as(0, Double.class)).isEqualTo(2.5);
        anna.disconnect();
        assertThat(ticker.listener).isEmpty();
    }

    @Test
    void optionsAreInRange() {
        assertThat(Operation.limits().highWaterMark()).isEqualTo(500_000);
        try (var server = Operation.cors()) {
            assertThat(server.options().cors().credentials()).isTrue();
        }
    }

    @Test
    void metricsAreRegistered() {
        var registry = new SimpleMeterRegistry();
        Operation.metrics(io, registry);
        test.connect("/");
        assertThat(registry.get("parley.connections.open").gauges()).isNotEmpty();
    }

    /** Waits longer than by default, since this machine may be busy. */
    private static SocketIoTest test(SocketIoServer server) {
        return SocketIoTest.of(server).timeout(Duration.ofMinutes(1));
    }

    private static final class OneListener implements Operation.Ticker {
        private Optional<Consumer<Double>> listener = Optional.empty();

        @Override
        public void add(Consumer<Double> added) {
            listener = Optional.of(added);
        }

        @Override
        public void remove(Consumer<Double> removed) {
            listener = listener.filter(known -> !known.equals(removed));
        }

        @Override
        public double latest() {
            return 1;
        }
    }
}
