package dev.parley.server.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.RefusedException;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.parser.MessagePackParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Connecting, events in both directions, and acknowledgements by the server. */
class SocketIoTestTest {
    private final SocketIoServer io = SocketIoServer.create(ServerOptions.defaults());
    private final SocketIoTest test = Tester.of(io);
    private final Thread tester = Thread.currentThread();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void emitReturnsWhenTheHandlerHasFinished() {
        io.onConnection(socket -> socket.on("chat", event -> {
            Tester.awaitWaiting(tester);
            seen.add(event.text(0));
        }));
        var anna = test.connect("/");
        anna.emit("chat", "one");
        assertThat(seen).containsExactly("one");
        anna.emit("chat", "two");
        assertThat(seen).containsExactly("one", "two");
    }

    @Test
    void connectReturnsWhenTheConnectionHandlerHasFinished() {
        io.onConnection(socket -> {
            Tester.awaitWaiting(tester);
            socket.join("lobby");
            socket.data().put("name", "anna");
            socket.emit("welcome", Map.of("id", socket.id()));
        });
        var anna = test.connect("/");
        assertThat(anna.connected()).isTrue();
        assertThat(anna.id()).isNotEmpty().isEqualTo(anna.serverSocket().id());
        assertThat(anna.serverSocket().rooms()).contains("lobby");
        assertThat(anna.serverSocket().data()).containsEntry("name", "anna");
        assertThat(anna.received("welcome")).singleElement()
                .satisfies(event -> assertThat(event.as(0, Welcome.class).id()).isEqualTo(anna.id()));
    }

    @Test
    void broadcastReachesTheOthersBeforeEmitReturns() {
        io.onConnection(socket -> {
            socket.join("room");
            socket.on("chat", event -> socket.to("room").emit("chat", event.text(0), 7));
        });
        var anna = test.connect("/");
        var others = IntStream.range(0, 20).mapToObj(i -> test.connect("/")).toList();
        anna.emit("chat", "hello");
        assertThat(anna.received()).isEmpty();
        assertThat(others).allSatisfy(other -> assertThat(other.received("chat")).singleElement()
                .hasToString("chat[\"hello\", 7]"));
        others.getFirst().clear();
        assertThat(others.getFirst().received()).isEmpty();
    }

    @Test
    void whatTheTestItselfSendsIsReceived() {
        var anna = test.connect("/");
        for (int i = 0; i < 100; i++) {
            io.emit("news", i);
            assertThat(anna.received("news")).hasSize(i + 1);
        }
        assertThat(anna.received()).extracting(event -> event.as(0, Integer.class))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void callReturnsTheAcknowledgement() {
        io.onConnection(socket -> socket.on("add", event -> event
                .ack(event.as(0, Integer.class) + event.as(1, Integer.class), List.of("x"), null)));
        var reply = test.connect("/").call("add", 1, 2);
        assertThat(reply.size()).isEqualTo(3);
        assertThat(reply.as(0, Integer.class)).isEqualTo(3);
        assertThat(reply.as(1, new TypeReference<List<String>>() {})).containsExactly("x");
        assertThat(reply.json(2).isNull()).isTrue();
        assertThat(reply.json(3).isMissingNode()).isTrue();
    }

    @Test
    void bytesTravelAsAttachmentsOfTheirOwn() {
        byte[] kept = {1, 2, 3};
        io.onConnection(socket -> socket.on("blob", event -> {
            byte[] arrived = event.bytes(0).orElseThrow();
            seen.add(arrived.length + " " + event.json(1).path("deep").binaryValue().length);
            arrived[0] = 9;
            event.ack(kept, new Blob("b", arrived));
        }));
        byte[] sent = {5, 6};
        var reply = test.connect("/").call("blob", sent, Map.of("deep", new byte[4]));
        assertThat(seen).containsExactly("2 4");
        assertThat(sent).as("what a handler changes is its copy").containsExactly(5, 6);
        assertThat(reply.bytes(0)).isEqualTo(kept).isNotSameAs(kept);
        assertThat(reply.as(1, Blob.class).data()).containsExactly(9, 6);
    }

    @Test
    void tellsOfArgumentsThatAreNotAsExpected() {
        io.onConnection(socket -> socket.emit("e", 1));
        var event = test.connect("/").received("e").getFirst();
        assertThatThrownBy(() -> event.text(0)).isInstanceOf(AssertionError.class)
                .hasMessage("Argument 0 is not a string: e[1]");
        assertThatThrownBy(() -> event.bytes(0)).isInstanceOf(AssertionError.class)
                .hasMessage("Argument 0 has no bytes: e[1]");
        assertThatThrownBy(() -> event.as(0, Welcome.class)).isInstanceOf(AssertionError.class)
                .hasMessage("Argument 0 is no Welcome: e[1]");
        assertThatThrownBy(() -> event.as(0, new TypeReference<List<String>>() {}))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Argument 0 is no java.util.List<java.lang.String>: e[1]");
        assertThatThrownBy(() -> event.text(1)).isInstanceOf(AssertionError.class)
                .hasMessage("There is no argument 1: e[1]");
        assertThatIllegalStateException().isThrownBy(() -> event.ack("x"));
    }

    @Test
    void serverSeesRequestAndCredentials() {
        io.onConnection(socket -> {
            var shake = socket.handshake();
            seen.add(shake.header("x-tenant").orElse("") + shake.header("host").orElse(""));
            seen.add(shake.url());
            seen.add(shake.parameter("room").orElse(""));
            seen.add(shake.address() + shake.secure());
            seen.add(shake.credentials().orElseThrow().path("token").asString());
            seen.add(socket.transport());
        });
        test.client()
                .header("X-Tenant", "acme")
                .query("room", "a b")
                .address("10.0.0.9")
                .secure(true)
                .auth(Map.of("token", "t"))
                .connect("/");
        assertThat(seen).containsExactly("acmelocalhost", "/socket.io/?EIO=4&transport=websocket&room=a+b",
                "a b", "10.0.0.9true", "t", "websocket");
    }

    @Test
    void refusalOfMiddlewareIsThrown() {
        io.use(socket -> {
            var token = socket.handshake()
                    .credentials()
                    .map(auth -> auth.path("token").asString())
                    .orElse("");
            if (!token.equals("good")) {
                throw new RefusedException("not authorized", Map.of("id", "why"));
            }
        });
        assertThatThrownBy(() -> test.connect("/", Map.of("token", "bad")))
                .isInstanceOfSatisfying(ConnectRefusedException.class, refused -> {
                    assertThat(refused).hasMessage("The server refused the connection to /: not authorized");
                    assertThat(refused.reason()).isEqualTo("not authorized");
                    assertThat(refused.data(Welcome.class).id()).isEqualTo("why");
                    assertThat(refused.data().path("id").asString()).isEqualTo("why");
                });
        assertThat(test.connect("/", Map.of("token", "good")).connected()).isTrue();
        assertThatThrownBy(() -> test.connect("/nowhere"))
                .isInstanceOfSatisfying(ConnectRefusedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo("Invalid namespace");
                    assertThat(refused.data().isMissingNode()).isTrue();
                });
        assertThat(io.sessions()).as("a refused client closes its connection").isEqualTo(1);
    }

    @Test
    void failureInMiddlewareIsKept() {
        io.use(socket -> {
            throw new IllegalStateException("as meant");
        });
        assertThatThrownBy(() -> test.connect("/")).isInstanceOf(ConnectRefusedException.class)
                .hasMessageContaining("Internal error");
        assertThat(test.failures()).singleElement()
                .satisfies(failure -> assertThat(failure.failure()).hasMessage("as meant"));
    }

    @Test
    void namespacesShareAConnection() {
        io.of("/admin").onConnection(socket -> socket.on("e", event -> seen.add("admin " + event.text(0))));
        io.onConnection(socket -> socket.on("e", event -> seen.add("main " + event.text(0))));
        var main = test.connect("/");
        var admin = main.connect("admin", Map.of("token", "t"));
        assertThat(io.sessions()).isEqualTo(1);
        assertThat(admin.namespace()).isEqualTo("/admin");
        assertThat(admin.serverSocket().handshake().credentials()).isPresent();
        assertThat(admin.serverSocket().connection()).isSameAs(main.serverSocket().connection());
        main.emit("e", "1");
        admin.emit("e", "2");
        assertThat(seen).containsExactly("main 1", "admin 2");
        main.disconnect();
        assertThat(admin.connected()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> admin.connect("/admin"));
        admin.disconnect();
        assertThat(io.sessions()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> admin.connect("/"));
    }

    @Test
    void eventsWithNamesOfClientsAreRefused() {
        var anna = test.connect("/");
        assertThatIllegalArgumentException().isThrownBy(() -> anna.emit("disconnect"));
    }

    @Test
    void speaksTheParserOfTheServer() {
        var packed = SocketIoServer.create(ServerOptions.builder().parser(new MessagePackParser()).build());
        packed.onConnection(
                socket -> socket.on("e", event -> event.ack(event.text(0), event.bytes(1).orElseThrow())));
        try (var own = Tester.of(packed)) {
            var reply = own.connect("/").call("e", "ä", "ö".getBytes(StandardCharsets.UTF_8));
            assertThat(reply.text(0)).isEqualTo("ä");
            assertThat(reply.bytes(1)).isEqualTo("ö".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void eventsWaitWhileTheServerDoesNotRead() {
        var small = SocketIoServer
                .create(ServerOptions.builder().maxQueuedBytes(4_000).highWaterMark(1_000).build());
        small.onConnection(socket -> socket.on("first", event -> socket.emit("go")).on("e", event -> {
            while (seen.isEmpty() && small.memory().pausedConnections() == 0) {
                Thread.onSpinWait();
            }
            seen.add(event.name());
        }));
        try (var own = Tester.of(small)) {
            var anna = own.connect("/");
            anna.on("go", event -> IntStream.range(0, 100).forEach(i -> anna.emit("e", "x".repeat(100))));
            anna.emit("first");
            assertThat(seen).hasSize(100);
        }
    }

    record Welcome(String id) {}

    record Blob(String name, byte[] data) {}
}
