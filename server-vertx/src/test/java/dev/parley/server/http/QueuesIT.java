package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.server.Queues;
import dev.parley.server.ServerListener;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions of an application to a running server: the events that wait, and how a client connected. */
class QueuesIT {
    private final TestServer server = TestServer.start();
    private final Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void countsEventsThatWaitForHandlers() throws Exception {
        assertThat(server.io.queues()).isEqualTo(new Queues(0, 0, 0, 0));
        var busy = peer.joinFrames();
        var other = peer.joinFrames();
        for (var frames : List.of(busy, other)) {
            frames.send("42[\"block\"]");
        }
        await().until(() -> server.blocked.get() == 2);
        for (int i = 0; i < 3; i++) {
            busy.send("42[\"echo\"," + i + "]");
        }
        other.send("42[\"echo\",9]");
        await().untilAsserted(() -> assertThat(server.io.queues()).isEqualTo(new Queues(0, 0, 4, 3)));
        server.gate.countDown();
        await().untilAsserted(() -> assertThat(server.io.queues()).isEqualTo(new Queues(0, 0, 0, 0)));
    }

    @Test
    void countsBytesThatWaitForClients() throws Exception {
        String slow = peer.join();
        String other = peer.join();
        peer.post(slow, "42[\"inline\",\"" + "x".repeat(10_000) + "\"]");
        peer.post(other, "42[\"inline\",\"x\"]");
        // Events are echoed once the handler of their connection has ended, which may be after the response to their POST.
        await().untilAsserted(() -> {
            var queues = server.io.queues();
            assertThat(queues.mostSendBytes()).isBetween(10_000L, 10_200L);
            assertThat(queues.sendBytes() - queues.mostSendBytes()).isBetween(1L, 200L);
            assertThat(queues.events()).isZero();
        });
        peer.poll(slow);
        peer.poll(other);
        await().untilAsserted(() -> assertThat(server.io.queues()).isEqualTo(new Queues(0, 0, 0, 0)));
    }

    @Test
    void knowsWhetherAPageOfAnotherSiteOrNoPageCame() throws Exception {
        BlockingQueue<Handshake> came = new LinkedBlockingQueue<>();
        server.io.addListener(new ServerListener() {
            @Override
            public void opened(String connection, TransportKind transport, Handshake handshake) {
                came.add(handshake);
            }
        });
        peer.handshake();
        assertThat(came.poll(60, TimeUnit.SECONDS)).matches(handshake -> !handshake.hasOrigin());
        peer.send("GET", "?" + Peer.POLLING, "", "Origin", server.url());
        assertThat(came.poll(60, TimeUnit.SECONDS)).matches(Handshake::hasOrigin);
    }
}
