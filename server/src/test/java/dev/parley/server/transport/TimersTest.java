package dev.parley.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.server.Handshake;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.Loop;
import dev.parley.server.engine.WebSocketLink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that has ended leaves no alarm behind, which would keep all of it in memory until it rang. */
class TimersTest {
    private static final int CLIENTS = 20;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final SocketIoServer server = SocketIoServer.create(ServerOptions.defaults());
    private final ServerGateway gateway = ServerGateway.of(server);
    private final Link link = new Link();

    TimersTest() {
        thread.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "network", "server", "application", "refused", "shutdown"})
    void areClearedHoweverAConnectionEnds(String end) throws Exception {
        server.of("/").onConnection(socket -> {
            var unused = socket.callAsync(Duration.ofSeconds(20), "question");
        });
        for (int i = 0; i < CLIENTS; i++) {
            var session = open(i);
            onLoop(() -> session.text(link, end.equals("refused") ? "40/unknown," : "40"));
        }
        if (!end.equals("refused")) {
            await().until(() -> link.questions.get() == CLIENTS);
        }
        onLoop(() -> assertThat(thread.getQueue().size()).isBetween(CLIENTS, 3 * CLIENTS));
        if (end.equals("shutdown")) {
            server.close();
        }
        for (int i = 0; i < CLIENTS; i++) {
            end(end, "sid" + i);
        }
        await().until(() -> server.sessions() == 0);
        await().untilAsserted(() -> assertThat(thread.getQueue()).isEmpty());
    }

    private void end(String how, String sid) throws Exception {
        switch (how) {
            case "client" -> onLoop(() -> gateway.session(sid).orElseThrow().text(link, "1"));
            case "network" -> onLoop(() -> gateway.session(sid).orElseThrow().lost(link));
            case "server", "refused" ->
                onLoop(() -> gateway.session(sid).orElseThrow().close(CloseReason.FORCED_SERVER_CLOSE));
            case "application" -> server.of("/").sockets().forEach(socket -> socket.disconnect(true));
            default -> {}
        }
    }

    private EngineSession open(int number) throws Exception {
        var handshake = new Handshake(Map.of(), Map.of(), "10.0.0.1", "/socket.io/", Instant.EPOCH, false,
                null);
        return thread.submit(() -> gateway.open("sid" + number, handshake, Framing.V4, new OneThread(), link)
                .orElseThrow()).get(60, TimeUnit.SECONDS);
    }

    private void onLoop(Runnable task) throws Exception {
        thread.submit(task).get(60, TimeUnit.SECONDS);
    }

    private static final class Link implements WebSocketLink {
        private final AtomicInteger questions = new AtomicInteger();

        @Override
        public void write(List<EnginePacket> packets, long shared) {
            for (EnginePacket packet : packets) {
                if (packet instanceof EnginePacket.Message message && message.text().contains("question")) {
                    questions.incrementAndGet();
                }
            }
        }

        @Override
        public void close() {}
    }

    private final class OneThread implements Loop {
        private final Thread self = Thread.currentThread();

        @Override
        public boolean inLoop() {
            return Thread.currentThread() == self;
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public Runnable schedule(Duration delay, Runnable task) {
            var later = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> later.cancel(false);
        }
    }
}
