package dev.parley.server.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.server.NoReplyException;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timeouts, without waiting for them. */
class ClockTest {
    private final SocketIoServer io = SocketIoServer.create(ServerOptions.builder()
            .connectionStateRecovery(RecoveryOptions.within(Duration.ofMinutes(2)))
            .build());
    private final SocketIoTest test = Tester.of(io);
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void callTimesOutWhenItsTimeHasPassed() {
        io.onConnection(socket -> socket.on("e", event -> {
            try {
                socket.call(Duration.ofMinutes(10), "ask");
            } catch (NoReplyException e) {
                socket.emit("late", e.reason().name());
            }
        }));
        var anna = test.connect("/");
        anna.emit("e");
        test.advance(Duration.ofMinutes(9));
        assertThat(anna.received("late")).isEmpty();
        test.advance(Duration.ofMinutes(1));
        assertThat(anna.received("late")).hasSize(1);
        assertThat(anna.received("late").getFirst().text(0)).isEqualTo("TIMEOUT");
    }

    @Test
    void callToManyEndsWithTheRepliesThatCame() {
        test.connect("/").answer("vote", event -> "yes");
        test.connect("/");
        var votes = io.callAsync(Duration.ofMinutes(5), "vote");
        test.settle();
        assertThat(votes).isNotDone();
        test.advance(Duration.ofMinutes(5));
        assertThat(votes).isCompletedWithValueMatching(replies -> replies.replies().size() == 1);
    }

    @Test
    void clientRepliesToPingsForHours() {
        var anna = test.connect("/");
        test.advance(Duration.ofHours(2));
        assertThat(anna.connected()).isTrue();
    }

    @Test
    void frozenClientIsLostAfterThePingTimeout() {
        io.onConnection(socket -> socket.onDisconnect(seen::add));
        var anna = test.connect("/");
        anna.freeze();
        io.emit("news");
        anna.emit("e");
        // Meanwhile the clock also runs at the machine's pace: well before the 85 s, and then past them.
        test.advance(Duration.ofSeconds(50));
        assertThat(seen).isEmpty();
        test.advance(Duration.ofSeconds(35));
        assertThat(seen).containsExactly("ping timeout");
        assertThat(anna.received()).isEmpty();
    }

    @Test
    void recoveryExpires() {
        var anna = test.connect("/");
        io.emit("news");
        anna.lose();
        test.advance(Duration.ofMinutes(1));
        var again = anna.reconnect();
        assertThat(again.serverSocket().recovered()).isTrue();
        io.emit("news");
        again.lose();
        test.advance(Duration.ofMinutes(3));
        assertThat(again.reconnect().serverSocket().recovered()).isFalse();
    }

    @Test
    void timersRunAtTheMachinesPaceToo() {
        var quick = SocketIoServer.create(ServerOptions.defaults());
        var late = new ArrayList<CompletableFuture<?>>();
        quick.onConnection(socket -> late.add(socket.callAsync(Duration.ofMinutes(1), "ask")
                .whenComplete((reply, failure) -> socket.emit("late"))));
        try (var own = Tester.of(quick)) {
            var anna = own.connect("/");
            own.advance(Duration.ofMinutes(1).minusMillis(30));
            assertThat(anna.await("late", 1)).hasSize(1);
        }
    }

    @Test
    void timeDoesNotStandStillOrGoBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> test.advance(Duration.ZERO));
    }
}
