package dev.parley.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Namespace;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

/** The methods of one socket, beyond rooms. */
class SocketTest {
    private final FakeClients clients = new FakeClients(ServerOptions.defaults());
    private final Namespace io = clients.namespace;

    @Test
    void sendsAMessageWithoutANameOfItsOwn() {
        var a = clients.join("a", "red");
        var b = clients.join("b");
        a.socket().send("hi", 1);
        io.to("red").send("all");
        assertThat(a.sent).extracting(one -> one.event().json())
                .containsExactly("[\"message\",\"hi\",1]", "[\"message\",\"all\"]");
        assertThat(b.sent).isEmpty();
    }

    @Test
    void marksWhatIsNotToBeCompressed() {
        var a = clients.join("a");
        clients.join("b");
        a.socket().self().compress(false).emit("plain", new byte[]{1});
        assertThat(clients.got("plain")).isEqualTo(Map.of("a", 1));
        assertThat(a.packets()).extracting(EnginePacket::compress).containsExactly(false, false);
        a.socket().self().asVolatile().emit("packed", new byte[]{1});
        assertThat(a.packets()).extracting(EnginePacket::compress).containsExactly(true, true);
        assertThat(a.sent.getLast().isVolatile()).isTrue();
        io.compress(false).emit("all");
        assertThat(a.packets()).extracting(EnginePacket::compress).containsExactly(false);
    }

    @Test
    void bindsArgumentsToGenericTypes() throws Exception {
        var a = clients.join("a");
        List<Object> got = new ArrayList<>();
        a.socket().on("points", new TypeReference<List<Point>>() {}, (points, event) -> {
            got.addAll(points);
            got.add(event.as(1, new TypeReference<Map<String, Integer>>() {}));
        });
        a.socket().onError((event, failure) -> got.add(failure.getMessage()));
        a.receive("[\"points\",[{\"x\":1,\"y\":2},{\"x\":3,\"y\":4}],{\"n\":5}]");
        a.receive("[\"points\",{\"x\":1}]");
        a.receive("[\"points\"]");
        a.settle();
        assertThat(got).containsExactly(new Point(1, 2), new Point(3, 4), Map.of("n", 5));
        assertThat(a.failures).containsExactly("points: event \"points\", argument 0: expected List<Point>",
                "points: event \"points\", argument 0: expected List<Point>, but the argument is missing");
    }

    /** Clients end their connection when they get one. */
    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener",
            "removeListener"})
    void refusesToSendReservedEventNames(String name) {
        var a = clients.join("a", "red");
        for (ThrowingCallable emit : List.<ThrowingCallable>of(() -> a.socket().emit(name, 1),
                () -> a.socket().emit(name, "text"), () -> a.socket().emitVolatile(name),
                () -> a.socket().emitRaw(name, Arguments.of("[]")),
                () -> a.socket().callAsync(Duration.ofSeconds(1), name), () -> io.emit(name),
                () -> io.to("red").emit(name, new byte[1]),
                () -> io.callAsync(Duration.ofSeconds(1), name))) {
            assertThatIllegalArgumentException().isThrownBy(emit).withMessageContaining(name);
        }
        assertThat(a.sent).isEmpty();
        assertThat(a.asked).isEmpty();
    }

    @Test
    void showsEveryEventToCatchAllListenersInTheirOrder() throws Exception {
        var a = clients.join("a", "red");
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        Socket.AnyHandler second = (name, event) -> in.add("second " + name);
        Socket.AnyHandler first = (name, event) -> in.add("first " + name + " " + event.text(0));
        Socket.OutgoingHandler last = (name, event) -> out.add("last " + name);
        Socket.OutgoingHandler begin = (name, event) -> out.add("begin " + event.json());
        a.socket().onAny(second).prependAny(first).on("e", event -> in.add("own"));
        a.socket().onAnyOutgoing(last).prependAnyOutgoing(begin);
        assertThat(a.socket().listenersAny()).containsExactly(first, second);
        assertThat(a.socket().listenersAnyOutgoing()).containsExactly(begin, last);
        a.receive("[\"e\",\"x\"]");
        a.receive("[\"other\",\"y\"]");
        a.settle();
        assertThat(in).containsExactly("first e x", "second e", "own", "first other y", "second other");
        a.socket().emit("one", 1);
        a.socket().emitVolatile("two");
        io.to("red").emit("three");
        var asked = a.socket().callAsync(Duration.ofSeconds(1), "four");
        assertThat(out).containsExactly("begin [\"one\",1]", "last one", "begin [\"two\"]", "last two",
                "begin [\"three\"]", "last three", "begin [\"four\"]", "last four");
        assertThat(asked).isNotDone();
        in.clear();
        out.clear();
        a.socket().offAny(first).offAnyOutgoing(last);
        a.receive("[\"other\",\"z\"]");
        a.settle();
        a.socket().emit("one");
        assertThat(in).containsExactly("second other");
        assertThat(out).containsExactly("begin [\"one\"]");
    }

    @Test
    void failingOutgoingListenerDoesNotStopTheEvent() throws Exception {
        var clients = new FakeClients(ServerOptions.defaults());
        var first = clients.join("a", "room");
        var failing = first.socket();
        clients.join("b", "room");
        clients.join("c", "room");
        failing.onAnyOutgoing((name, event) -> {
            throw new IllegalStateException("as meant");
        });
        clients.namespace.to("room").emit("news", 1);
        assertThat(clients.got("news")).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));
        assertThat(first.failures).containsExactly("news: as meant");
        failing.emit("direct");
        assertThat(clients.got("direct")).isEqualTo(Map.of("a", 1));
    }

    @Test
    void failingLifecycleHandlerDoesNotStopTheOthers() throws Exception {
        var clients = new FakeClients(ServerOptions.defaults());
        var socket = clients.join("a").socket();
        var told = new LinkedBlockingQueue<String>();
        socket.onDisconnecting(reason -> {
            throw new IllegalStateException("as meant");
        });
        socket.onDisconnecting(reason -> told.add("disconnecting"));
        socket.onDisconnect(reason -> {
            throw new IllegalStateException("as meant");
        });
        socket.onDisconnect(told::add);
        socket.left("transport close");
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("disconnecting");
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("transport close");
    }

    @Test
    void takesRoomsInCollectionsEverywhere() {
        var a = clients.join("a", "red");
        clients.join("b", "red", "blue");
        clients.join("c", "green");
        io.in(List.of("red", "green")).except(Set.of("blue")).emit("e");
        a.socket().to(List.of("red", "green")).emit("f");
        a.socket().in(Set.of("blue")).emit("g");
        a.socket().except(List.of("blue")).emit("h");
        assertThat(clients.got("e")).isEqualTo(Map.of("a", 1, "c", 1));
        assertThat(clients.got("f")).isEqualTo(Map.of("b", 1, "c", 1));
        assertThat(clients.got("g")).isEqualTo(Map.of("b", 1));
        assertThat(clients.got("h")).isEqualTo(Map.of("c", 1));
        io.to("red").socketsJoin(List.of("x", "y"));
        io.to("red").socketsLeave(List.of("x"));
        assertThat(a.socket().rooms()).containsExactlyInAnyOrder("a", "red", "y");
        var remote = io.to("a").fetchSockets().getFirst();
        remote.join(List.of("p", "q"));
        remote.leave(List.of("p", "y"));
        assertThat(a.socket().rooms()).containsExactlyInAnyOrder("a", "red", "q");
    }

    @Test
    void leavesRoomsOfACollection() {
        var a = clients.join("a", "red", "blue", "green");
        a.socket().leave(List.of("red", "green", "unknown"));
        assertThat(a.socket().rooms()).containsExactlyInAnyOrder("a", "blue");
    }

    record Point(int x, int y) {}
}
