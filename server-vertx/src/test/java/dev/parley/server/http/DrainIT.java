package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
class DrainIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestServer server = TestServer.start();
    private final Peer peer = new Peer(server);
    private final CountDownLatch drained = new CountDownLatch(1);

    @AfterEach
    void close() {
        peer.close();
        server.close();
    }

    @Test
    void drainMovesBothTransportsAndRefusesNewClients() throws Exception {
        String sid = peer.join();
        var poll = peer.hangingPoll(sid);
        var frames = peer.joinFrames();

        drain(Duration.ZERO, LONG, socket -> false);

        assertThat(frames.next()).isEqualTo("closed 1000");
        assertThat(poll.get(60, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.nextReason()).isEqualTo("server shutting down");
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(503);
    }

    @Test
    void waitsForBusyClientsUntilTheyAreIdle() throws Exception {
        var one = peer.joinFrames();
        var busy = new AtomicReference<String>(server.io.sockets().sockets().iterator().next().id());
        var other = peer.joinFrames();

        drain(Duration.ZERO, LONG, socket -> socket.id().equals(busy.get()));

        assertThat(other.next()).isEqualTo("closed 1000");
        one.send("42[\"inline\",\"still here\"]");
        assertThat(one.next()).isEqualTo("42[\"inline\",\"still here\"]");
        assertThat(drained.getCount()).isEqualTo(1);
        busy.set("");
        assertThat(one.next()).isEqualTo("closed 1000");
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closesBusyClientsAfterTheTimeout() throws Exception {
        peer.joinFrames();
        drain(Duration.ZERO, Duration.ofMillis(300), socket -> true);
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.io.sessions()).isEqualTo(1);
    }

    @Test
    void movesNoClientBeforeTheNoticeEnds() throws Exception {
        var frames = peer.joinFrames();
        drain(Duration.ofHours(1), Duration.ofMillis(500), socket -> false);
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
    }

    @Test
    void movesManyInBatches() throws Exception {
        for (int i = 0; i < 10; i++) {
            peer.joinFrames();
        }
        drain(Duration.ZERO, Duration.ofSeconds(8), socket -> false);
        var seen = new ArrayList<Integer>();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(LONG).until(() -> {
            seen.add(server.io.sockets().sockets().size());
            return drained.getCount() == 0;
        });
        assertThat(seen).contains(0).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(Set.copyOf(seen)).hasSizeGreaterThan(3);
    }

    private void drain(Duration notice, Duration grace, Predicate<Socket> busy) {
        Thread.ofVirtual().start(() -> {
            try {
                server.io.drain(notice, grace, busy);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            drained.countDown();
        });
    }
}
