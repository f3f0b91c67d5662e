package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.server.NotSentException;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders wait for clients, and clients for handlers, before anybody is disconnected. */
@Tag("real-time")
class SlowDownIT {
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eventLargerThanEveryLimitReachesAnIdleClient(boolean webSocket) throws Exception {
        var client = client(webSocket);
        var socket = socket();
        Thread.ofVirtual().start(() -> {
            socket.emit("large", "x".repeat(4_100_000));
            socket.emit("small", 1);
        });
        assertThat(client.hear()).hasSize(4_100_000 + "42[\"large\",\"\"]".length());
        assertThat(client.hear()).isEqualTo("42[\"small\",1]");
        assertThat(server.reasons).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void broadcastBehindALargeEventEndsNoSession(boolean webSocket) throws Exception {
        var client = client(webSocket);
        server.io.emit("large", "x".repeat(6_000_000));
        server.io.emit("small", 1);
        assertThat(client.hear()).hasSize(6_000_000 + "42[\"large\",\"\"]".length());
        assertThat(client.hear()).isEqualTo("42[\"small\",1]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyLargeEventsInALoopAllArrive(boolean webSocket) throws Exception {
        var client = client(webSocket);
        var socket = socket();
        int count = 40;
        Thread.ofVirtual().start(() -> {
            for (int i = 0; i < count; i++) {
                socket.emit("piece", i, "x".repeat(i % 2 == 0 ? 500_000 : 64_000));
            }
        });
        for (int i = 0; i < count; i++) {
            assertThat(client.hear()).startsWith("42[\"piece\"," + i + ",");
        }
        assertThat(server.reasons).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void uploadWaitsForASlowHandler(boolean webSocket) throws Exception {
        int count = 100;
        var seen = new ArrayList<Integer>();
        var gate = new CountDownLatch(1);
        var done = new CountDownLatch(count);
        server.io.onConnection(socket -> socket.on("piece", event -> {
            gate.await();
            seen.add(event.json(0).asInt());
            done.countDown();
        }));
        var client = client(webSocket);
        var sender = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < count; i++) {
                client.say("42[\"piece\"," + i + ",\"" + "x".repeat(64_000) + "\"]");
            }
        });
        await().until(() -> server.io.memory().pausedConnections() == 1);
        // Much of it is still with the client.
        assertThat(server.io.memory().used()).isLessThan(4_000_000);
        gate.countDown();
        sender.get(60, TimeUnit.SECONDS);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < count; i++) {
            assertThat(seen.get(i)).isEqualTo(i);
        }
        await().until(() -> server.io.memory().pausedConnections() == 0 && server.io.memory().used() == 0);
        assertThat(server.reasons).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pausedReadingStillDeliversAwaitedAcknowledgements(boolean webSocket) throws Exception {
        restart(ServerOptions.builder().highWaterMark(10_000).build());
        var answers = new CompletableFuture<String>();
        server.io.onConnection(socket -> socket.on("begin",
                event -> answers.complete(socket.call(Duration.ofSeconds(50), "question").text(0))));
        var client = client(webSocket);
        client.say("42[\"begin\"]");
        assertThat(client.hear()).isEqualTo("420[\"question\"]");
        for (int i = 0; i < 10; i++) {
            client.say("42[\"echo\"," + i + ",\"" + "x".repeat(5_000) + "\"]");
        }
        client.say("430[\"answer\"]");
        assertThat(answers.get(60, TimeUnit.SECONDS)).isEqualTo("answer");
        for (int i = 0; i < 10; i++) {
            assertThat(client.hear()).startsWith("42[\"echo\"," + i + ",");
        }
    }

    @Test
    void postOfAPausedConnectionIsAnsweredOnceHandlersHaveCaughtUp() throws Exception {
        restart(ServerOptions.builder().highWaterMark(10_000).build());
        String sid = peer.join();
        String first = "42[\"block\",\"" + "x".repeat(20_000) + "\"]";
        assertThat(peer.post(sid, first).statusCode()).isEqualTo(200);
        var second = peer.sendAsync("POST", "?" + Peer.POLLING + "&sid=" + sid, "42[\"echo\",1]");
        await().until(() -> server.io.queues().events() == 1);
        assertThat(second.isDone()).isFalse();
        server.gate.countDown();
        assertThat(second.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void pausedWebSocketOutlivesItsHeartbeat() throws Exception {
        restart(ServerOptions.builder()
                .highWaterMark(10_000)
                .pingInterval(Duration.ofMillis(300))
                // Long enough to fill the queue before the first ping is missed.
                .pingTimeout(Duration.ofMillis(1_200))
                .build());
        var client = client(true);
        String block = "42[\"block\",\"" + "x".repeat(20_000) + "\"]";
        client.say(block);
        await().until(() -> server.io.memory().pausedConnections() == 1);
        // It answers no ping, as one whose pongs wait behind its events; three pings are more than two intervals and timeouts.
        for (int pings = 0; pings < 3;) {
            pings += client.hear().equals("2") ? 1 : 0;
        }
        server.gate.countDown();
        await().until(() -> server.io.memory().pausedConnections() == 0);
        // From then on silence counts again.
        assertThat(server.nextReason()).isEqualTo("ping timeout");
    }

    @Test
    void senderThatFindsNoRoomInTimeEndsTheSession() throws Exception {
        restart(ServerOptions.builder().highWaterMark(10_000).sendTimeout(Duration.ofMillis(200)).build());
        peer.join();
        var socket = socket();
        // The response of the poll that joined counts until the network has taken it.
        await().until(() -> server.io.queues().sendBytes() == 0);
        socket.emit("first", "x".repeat(20_000));
        assertThatThrownBy(() -> socket.emit("second", "x".repeat(20_000)))
                .isInstanceOf(NotSentException.class)
                .hasMessageContaining("sendTimeout");
        assertThat(server.nextReason()).isEqualTo("send queue full");
        socket.emit("third", "x".repeat(20_000));
    }

    @Test
    void waitingSenderGoesOnWhenTheClientLeaves() throws Exception {
        restart(ServerOptions.builder().highWaterMark(10_000).build());
        String sid = peer.join();
        var socket = socket();
        socket.emit("first", "x".repeat(20_000));
        var waiting = CompletableFuture.runAsync(() -> socket.emit("second", "x".repeat(20_000)));
        await().until(() -> server.io.memory().waitingSenders() == 1);
        peer.post(sid, "1");
        waiting.get(60, TimeUnit.SECONDS);
        assertThat(server.nextReason()).isEqualTo("transport close");
        assertThat(server.io.memory().waitingSenders()).isZero();
    }

    @Test
    void interruptedSenderSendsNothingAndKeepsTheSession() throws Exception {
        restart(ServerOptions.builder().highWaterMark(10_000).build());
        String sid = peer.join();
        var socket = socket();
        socket.emit("first", "x".repeat(20_000));
        var failure = new CompletableFuture<Throwable>();
        var sender = Thread.ofVirtual().start(() -> {
            try {
                socket.emit("second", "x".repeat(20_000));
            } catch (NotSentException e) {
                failure.complete(e);
            }
        });
        await().until(() -> server.io.memory().waitingSenders() == 1);
        sender.interrupt();
        assertThat(failure.get(60, TimeUnit.SECONDS)).hasMessageContaining("interrupted");
        assertThat(peer.poll(sid).body()).startsWith("42[\"first\"");
        socket.emit("third");
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"third\"]");
    }

    @Test
    void tryEmitFailsWithoutRoomAndDrainTellsWhenThereIs() throws Exception {
        restart(ServerOptions.builder().highWaterMark(10_000).build());
        var drained = new CountDownLatch(1);
        var registered = new CountDownLatch(1);
        server.io.onConnection(socket -> {
            socket.onDrain(drained::countDown);
            registered.countDown();
        });
        String sid = peer.join();
        var socket = socket();
        assertThat(registered.await(60, TimeUnit.SECONDS)).isTrue();
        // The response of the poll that joined counts until the network has taken it.
        await().until(() -> server.io.queues().sendBytes() == 0);
        assertThat(socket.tryEmit("first", "x".repeat(20_000))).isTrue();
        assertThat(socket.tryEmit("second")).isFalse();
        assertThat(peer.poll(sid).body()).startsWith("42[\"first\"");
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(socket.tryEmit("third")).isTrue();
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"third\"]");
    }

    @Test
    void tooLargeEventIsRefusedBeforeAnythingIsSent() throws Exception {
        restart(ServerOptions.builder().maxOutgoingSize(1_000).build());
        var failures = new ArrayList<String>();
        server.io.onConnection(socket -> socket.on("large", event -> {
            for (Runnable send : List.<Runnable>of(() -> socket.emit("x", "x".repeat(2_000)),
                    () -> socket.tryEmit("x", "x".repeat(2_000)), () -> event.ack("x".repeat(2_000)),
                    () -> server.io.emit("x", (Object) new byte[2_000]),
                    () -> socket.call(Duration.ofSeconds(1), "x", "x".repeat(2_000)))) {
                try {
                    send.run();
                } catch (IllegalArgumentException e) {
                    failures.add(e.getMessage());
                }
            }
            event.ack("done");
        }));
        var client = client(true);
        client.say("420[\"large\"]");
        assertThat(client.hear()).isEqualTo("430[\"done\"]");
        assertThat(failures).hasSize(5).allMatch(message -> message.contains("maxOutgoingSize"));
    }

    @Test
    void noHandlerRunsAfterTheServersDisconnect() throws Exception {
        var ran = new AtomicInteger();
        server.io.onConnection(socket -> {
            socket.on("once", event -> {
                ran.incrementAndGet();
                server.gate.await(60, TimeUnit.SECONDS);
                socket.disconnect(false);
            });
            socket.on("later", event -> ran.incrementAndGet());
            socket.onInline("inline-later", event -> ran.incrementAndGet());
        });
        var client = client(true);
        client.say("42[\"once\"]");
        for (int i = 0; i < 20; i++) {
            client.say("42[\"later\"]");
        }
        await().until(() -> server.io.queues().events() == 20);
        server.gate.countDown();
        assertThat(client.hear()).isEqualTo("41");
        client.say("42[\"inline-later\"]");
        assertThat(server.nextReason()).isEqualTo("server namespace disconnect");
        assertThat(ran.get()).isEqualTo(1);
        await().until(() -> server.io.memory().used() == 0);
    }

    @Test
    void eventsReceivedBeforeTheClientLeftStillRun() throws Exception {
        var ran = new CountDownLatch(20);
        server.io.onConnection(socket -> socket.on("later", event -> ran.countDown()));
        var client = client(true);
        client.say("42[\"block\"]");
        for (int i = 0; i < 20; i++) {
            client.say("42[\"later\"]");
        }
        client.say("41");
        await().until(() -> server.io.sockets().sockets().isEmpty());
        server.gate.countDown();
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private Socket socket() {
        return server.io.sockets().sockets().iterator().next();
    }

    private void restart(ServerOptions options) {
        stop();
        server = TestServer.start(options);
        peer = new Peer(server);
    }

    private Client client(boolean webSocket) throws Exception {
        return webSocket ? new FramesClient(peer.joinFrames()) : new PollingClient(peer, peer.join());
    }

    /** A client in the default namespace, on either transport. */
    private interface Client {
        void say(String packet);

        String hear() throws Exception;
    }

    private record FramesClient(Peer.Frames frames) implements Client {
        @Override
        public void say(String packet) {
            frames.send(packet);
        }

        @Override
        public String hear() throws Exception {
            return frames.next();
        }
    }

    private static final class PollingClient implements Client {
        private final Peer peer;
        private final String sid;
        private final List<String> heard = new ArrayList<>();

        PollingClient(Peer peer, String sid) {
            this.peer = peer;
            this.sid = sid;
        }

        @Override
        public void say(String packet) {
            try {
                assertThat(peer.post(sid, packet).statusCode()).isEqualTo(200);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String hear() throws Exception {
            while (heard.isEmpty()) {
                heard.addAll(List.of(peer.poll(sid).body().split("\u001e")));
            }
            return heard.removeFirst();
        }
    }
}
