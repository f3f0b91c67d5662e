package dev.parley.server.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.NoReplyException;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How connections end, and begin anew. */
class DisconnectionTest {
    private final SocketIoServer io = SocketIoServer.create(ServerOptions.defaults());
    private final SocketIoTest test = Tester.of(io);
    private final Thread tester = Thread.currentThread();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void handlersOfTheDisconnectionHaveFinished() {
        io.onConnection(socket -> socket.onDisconnect(reason -> seen.add(reason)));
        var anna = test.connect("/");
        assertThat(anna.disconnectReason()).isEmpty();
        assertThat(anna.serverReason()).isEmpty();
        anna.disconnect();
        assertThat(seen).containsExactly("client namespace disconnect");
        assertThat(anna.connected()).isFalse();
        assertThat(anna.disconnectReason()).contains("io client disconnect");
        assertThat(anna.serverReason()).contains("client namespace disconnect");
        assertThat(anna.serverSocket().connected()).isFalse();
        assertThat(io.sessions()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> anna.emit("e"))
                .withMessage(anna + " is not connected any more: io client disconnect");
        anna.disconnect();
    }

    @Test
    void kickIsVisible() {
        io.onConnection(socket -> socket.on("rude", event -> socket.disconnect(false))
                .on("worse", event -> socket.disconnect(true)));
        var anna = test.connect("/");
        anna.emit("rude");
        assertThat(anna.disconnectReason()).contains("io server disconnect");
        assertThat(anna.serverReason()).contains("server namespace disconnect");
        var ben = test.connect("/");
        ben.emit("worse");
        assertThat(ben.disconnectReason()).contains("io server disconnect");
        assertThat(io.sessions()).isZero();
    }

    @Test
    void kickInTheConnectionHandlerIsVisible() {
        io.onConnection(socket -> {
            socket.emit("sorry");
            socket.disconnect(true);
        });
        var anna = test.connect("/");
        assertThat(anna.received("sorry")).hasSize(1);
        assertThat(anna.connected()).isFalse();
    }

    @Test
    void disconnectionFailsTheCall() {
        io.onConnection(socket -> socket.on("e", event -> socket.disconnect(true)));
        var anna = test.connect("/");
        assertThatThrownBy(() -> anna.call("e")).isInstanceOf(AssertionError.class)
                .hasMessage("Waited for the acknowledgement of \"e\", but " + anna
                        + " was disconnected: io server disconnect");
    }

    @Test
    void lossReachesEveryNamespaceAndEndsCalls() {
        io.of("/admin");
        io.onConnection(socket -> socket.on("e", event -> {
            try {
                socket.call(Duration.ofMinutes(1), "ask");
            } catch (NoReplyException e) {
                seen.add(e.reason().name());
            }
        }).onDisconnect(seen::add));
        var anna = test.connect("/");
        var admin = anna.connect("/admin");
        anna.emit("e");
        anna.lose();
        assertThat(seen).containsExactly("LEFT", "transport close");
        assertThat(admin.disconnectReason()).contains("transport close");
        assertThat(admin.serverReason()).contains("transport close");
    }

    @Test
    void messageThatIsTooLargeEndsTheConnection() {
        var small = SocketIoServer.create(ServerOptions.builder().maxHttpBufferSize(1_000).build());
        try (var own = Tester.of(small)) {
            var anna = own.connect("/");
            anna.emit("e", "x".repeat(900));
            assertThat(anna.connected()).isTrue();
            anna.emit("e", "x".repeat(1_000));
            assertThat(anna.serverReason()).contains("transport error");
            assertThat(anna.disconnectReason()).contains("transport close");
        }
    }

    @Test
    void recoveredClientGetsWhatItMissed() {
        var recovering = SocketIoServer
                .create(ServerOptions.builder().connectionStateRecovery(RecoveryOptions.defaults()).build());
        recovering.onConnection(socket -> {
            if (!socket.recovered()) {
                socket.join("room");
                socket.emit("hello");
            }
        });
        try (var own = Tester.of(recovering)) {
            var anna = own.client().auth(Map.of("token", "t")).connect("/");
            anna.lose();
            recovering.to("room").emit("news", 1);
            var again = anna.reconnect();
            assertThat(again.serverSocket().recovered()).isTrue();
            assertThat(again.id()).isEqualTo(anna.id());
            assertThat(again.received()).extracting(ReceivedEvent::name).containsExactly("news");
            assertThat(again.serverReason()).isEmpty();
            assertThat(anna.serverReason()).contains("transport close");
        }
    }

    @Test
    void reconnectionWithoutRecoveryIsANewClient() {
        io.onConnection(socket -> seen.add(socket.call(Duration.ofMinutes(1), "who").text(0)
                + socket.handshake().credentials().orElseThrow().path("token").asString()));
        var anna = test.client().auth(Map.of("token", "t")).answer("who", event -> "anna ").connect("/");
        anna.lose();
        var again = anna.reconnect();
        assertThat(again.id()).isNotEqualTo(anna.id());
        assertThat(seen).containsExactly("anna t", "anna t");
    }

    @Test
    void closeRunsTheHandlersOfThoseWhoAreStillThere() {
        io.onConnection(socket -> socket.onDisconnect(reason -> {
            Tester.awaitWaiting(tester);
            seen.add(reason);
        }));
        var anna = test.connect("/");
        test.close();
        assertThat(seen).containsExactly("server shutting down");
        assertThat(anna.disconnectReason()).contains("transport close");
        assertThatIllegalStateException().isThrownBy(() -> test.connect("/"));
    }

    @Test
    void serverThatIsFullTakesNoMore() {
        var tiny = SocketIoServer.create(ServerOptions.builder().maxSessions(1).build());
        try (var own = Tester.of(tiny)) {
            own.connect("/");
            assertThatIllegalStateException().isThrownBy(() -> own.connect("/"))
                    .withMessageStartingWith("The server takes no more sessions");
        }
    }
}
