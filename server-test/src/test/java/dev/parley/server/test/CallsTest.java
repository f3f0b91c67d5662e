package dev.parley.server.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.NoReplyException;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Handlers that wait for clients, that fail, and that do not finish. */
class CallsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final SocketIoServer io = SocketIoServer.create(ServerOptions.defaults());
    private final SocketIoTest test = Tester.of(io);
    private final Thread tester = Thread.currentThread();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void handlerGetsTheAnswerOfTheClient() {
        io.onConnection(socket -> socket.on("order",
                event -> event.ack("ordered " + socket.call(LONG, "confirm", event.text(0)).text(0))));
        var anna = test.connect("/").answer("confirm", event -> event.text(0) + "!");
        assertThat(anna.call("order", "tea").text(0)).isEqualTo("ordered tea!");
        assertThat(anna.received("confirm")).hasSize(1);
    }

    @Test
    void connectionHandlerGetsAnswersSetBeforeConnecting() {
        io.onConnection(socket -> seen.add(socket.call(LONG, "who").text(0)));
        test.client().answer("who", event -> "anna").connect("/");
        assertThat(seen).containsExactly("anna");
    }

    @Test
    void testGivesTheAnswerItself() {
        io.onConnection(socket -> socket.on("order",
                event -> seen.add(String.valueOf(socket.call(LONG, "confirm").size()))));
        var anna = test.connect("/");
        anna.emit("order");
        assertThat(seen).isEmpty();
        var question = anna.received("confirm").getFirst();
        assertThat(question.wantsAck()).isTrue();
        question.ack(1, 2);
        assertThat(seen).containsExactly("2");
        assertThatIllegalStateException().isThrownBy(() -> question.ack(3));
    }

    @Test
    void acknowledgementComesAfterTheTestHasAnswered() {
        io.onConnection(
                socket -> socket.on("order", event -> event.ack(socket.call(LONG, "confirm").text(0))));
        var anna = test.connect("/");
        var reply = anna.callAsync("order");
        assertThat(reply).isNotDone();
        anna.received("confirm").getFirst().ack("yes");
        assertThat(reply).isCompletedWithValueMatching(values -> values.text(0).equals("yes"));
    }

    @Test
    void everyClientAnswersABroadcast() {
        var anna = test.connect("/").answer("vote", event -> "a");
        var ben = test.connect("/").answer("vote", event -> "b");
        assertThat(io.call(LONG, "vote").replies()).extracting(reply -> reply.text(0))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(anna.received("vote")).hasSize(1);
        assertThat(ben.received("vote")).hasSize(1);
    }

    @Test
    void whatFollowsAReplyHasRun() {
        var answered = new ArrayList<CompletableFuture<Void>>();
        io.onConnection(socket -> socket.on("e", event -> answered
                .add(socket.callAsync(LONG, "ask").thenAccept(reply -> seen.add(reply.text(0))))));
        test.connect("/").answer("ask", event -> "yes").emit("e");
        assertThat(seen).containsExactly("yes");
    }

    @Test
    void clientEmitsInItsHandler() {
        io.onConnection(socket -> socket.on("ping", event -> socket.emit("pong", event.as(0, Integer.class)))
                .on("done", event -> seen.add("done " + event.text(0))));
        var anna = test.connect("/");
        anna.on("pong", event -> anna.emit("done", event.json(0).toString()));
        anna.emit("ping", 4);
        assertThat(seen).containsExactly("done 4");
    }

    @Test
    void callThatTheClientLeavesUnansweredTimesOut() {
        io.onConnection(socket -> socket.on("e", event -> {
            try {
                socket.call(Duration.ofMillis(20), "ask");
            } catch (NoReplyException e) {
                socket.emit("late", e.reason().name());
            }
        }));
        var anna = test.connect("/");
        anna.emit("e");
        assertThat(anna.await("late", 1).getFirst().text(0)).isEqualTo("TIMEOUT");
    }

    @Test
    void eventsOfOtherThreadsAreAwaited() {
        var go = new CountDownLatch(1);
        io.onConnection(socket -> socket.on("job", event -> Thread.ofVirtual().start(() -> {
            try {
                go.await();
                socket.emit("done", 1);
                event.ack("late");
            } catch (InterruptedException e) {
                seen.add("interrupted");
            }
        })));
        var anna = test.connect("/");
        var reply = anna.callAsync("job");
        assertThat(anna.received("done")).isEmpty();
        go.countDown();
        assertThat(anna.await("done", 1)).hasSize(1);
        assertThat(anna.call("job").text(0)).isEqualTo("late");
        // The thread of the first job acknowledges after what it has emitted, in its own time.
        assertThat(reply).succeedsWithin(LONG);
    }

    @Test
    void saysWhatWasAwaitedAndWhatArrived() {
        io.onConnection(socket -> {
            socket.emit("hello");
            socket.on("forgetful", event -> {
                // Shortens no wait but the next one, for the acknowledgement: for this handler the test waits already.
                Tester.awaitWaiting(tester);
                test.timeout(Duration.ofMillis(50));
                seen.add("handled");
            });
        });
        var anna = test.connect("/");
        assertThatThrownBy(() -> anna.call("forgetful")).isInstanceOf(AssertionError.class)
                .hasMessage("Waited 50 ms for the acknowledgement of \"forgetful\"."
                        + " All handlers have finished. client " + anna.id() + " of / has received [hello].");
        assertThatThrownBy(() -> anna.await("hello", 2)).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Waited 50 ms for 2 of \"hello\".");
        assertThat(seen).containsExactly("handled");
        assertThatIllegalArgumentException().isThrownBy(() -> test.timeout(Duration.ZERO));
    }

    @Test
    void namesTheHandlerThatDoesNotFinish() throws InterruptedException {
        var hangs = new CountDownLatch(1);
        io.onConnection(socket -> socket.on("stuck", event -> hang(hangs)).onDisconnect(seen::add));
        var anna = test.connect("/");
        // The client emits in its own handler, which does not wait.
        anna.on("go", event -> anna.emit("stuck"));
        io.emit("go");
        assertThat(hangs.await(60, TimeUnit.SECONDS)).isTrue();
        test.timeout(Duration.ofMillis(50));
        assertThatThrownBy(() -> anna.emit("more")).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "Waited 50 ms for the handlers of \"more\". A handler still runs, at ")
                .hasMessageContaining("CallsTest.hang(CallsTest.java:");
        test.close();
    }

    @Test
    void namesTheCallThatNobodyAnswers() {
        io.onConnection(
                socket -> socket.on("order", event -> event.ack(socket.call(LONG, "confirm").text(0))));
        var anna = test.connect("/");
        assertThat(anna.callAsync("order")).isNotDone();
        test.timeout(Duration.ofMillis(50));
        assertThatThrownBy(() -> anna.call("order")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("A handler waits in a call for a client's acknowledgement, at ")
                .hasMessageContaining("has received [confirm].");
    }

    @Test
    void failureOfAHandlerEndsTheCallAtOnce() {
        test.timeout(LONG);
        io.onConnection(socket -> socket.on("bad", event -> {
            throw new IllegalStateException("as meant");
        }));
        var anna = test.connect("/");
        assertThatThrownBy(() -> anna.call("bad")).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The handler of \"bad\" failed without an acknowledgement: ")
                .hasRootCauseMessage("as meant");
        assertThat(test.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.socketId()).isEqualTo(anna.id());
            assertThat(failure.event()).isEqualTo("bad");
            assertThat(failure.failure()).hasMessage("as meant");
        });
    }

    @Test
    void failureOfTheClientsHandlerFailsTheTest() {
        io.onConnection(socket -> socket.on("e", event -> socket.emit("f")));
        var anna = test.connect("/").on("f", event -> {
            throw new IllegalStateException("as meant");
        });
        assertThatThrownBy(() -> anna.emit("e")).isInstanceOf(AssertionError.class)
                .hasMessage("A handler of a client failed: java.lang.IllegalStateException: as meant");
        test.settle();
    }

    @Test
    void handlersOfTheServerUseClientsWithoutWaitingForThemselves() {
        var anna = test.connect("/");
        io.onConnection(socket -> socket.on("e", event -> {
            anna.emit("x");
            seen.add(anna.received().size() + "");
            assertThatIllegalStateException().isThrownBy(() -> anna.call("x"));
            assertThatIllegalStateException().isThrownBy(() -> test.connect("/"));
            event.ack();
        }));
        test.connect("/").call("e");
        assertThat(seen).containsExactly("0");
    }

    private static void hang(CountDownLatch hangs) throws InterruptedException {
        hangs.countDown();
        new CountDownLatch(1).await();
    }
}
