package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour at each bound, and when a peer leaves in the middle of something. */
@Tag("real-time")
class LimitsIT {
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void endsTheSessionWhenAPostIsLostInTheMiddle() throws Exception {
        String sid = peer.join();
        try (var cut = halfAPost(sid, 9_000)) {
            cut.getOutputStream().flush();
        }
        assertThat(server.nextReason()).isEqualTo("transport error");
    }

    /** Otherwise bodies that trickle would hold memory, long after their sessions have ended. */
    @Test
    void refusesABodyThatTakesTooLong() throws Exception {
        restart(ServerOptions.defaults(), HttpOptions.builder().bodyTimeout(Duration.ofSeconds(2)).build());
        String slow = peer.join();
        String quick = peer.join();
        try (var half = halfAPost(slow, 9_000)) {
            half.getOutputStream().flush();
            var answer = new String(half.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 408");
            String event = "42[\"nothing\",\"" + "x".repeat(5_000) + "\"]";
            assertThat(peer.post(quick, event).statusCode()).isEqualTo(200);
        }
    }

    /** The server discards the rest for five seconds, so that the client reads the response. */
    @Test
    void clientFarOverTheLimitStillReceives413() throws Exception {
        restart(ServerOptions.builder().maxHttpBufferSize(1_000_000).build());
        // More than the network between them holds.
        try (var eager = halfAPost(peer.join(), 20_000_000)) {
            assertThat(new String(eager.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    /** Headers and auth objects are kept as long as their session, so twenty thousand sessions could fill the heap with them. */
    @Test
    void countsWhatIsKeptOfHandshakes() throws Exception {
        var opened = peer.send("GET", "?EIO=4&transport=polling", "", "x-large", "h".repeat(20_000));
        String sid = opened.body().substring(opened.body().indexOf("sid") + 6).replaceFirst("\".*", "");
        assertThat(server.io.memory().used()).isBetween(15_000L, 40_000L);
        peer.post(sid, "40{\"token\":\"" + "a".repeat(50_000) + "\"}");
        peer.poll(sid);
        assertThat(server.io.memory().used()).isBetween(65_000L, 90_000L);
        peer.post(sid, "41");
        await().until(() -> server.io.memory().used() < 40_000);
        peer.post(sid, "1");
        await().until(() -> server.io.memory().used() == 0);
    }

    @Test
    void exceededBudgetEndsTheLargestSession() throws Exception {
        restart(ServerOptions.builder().memoryBudget(100_000).build());
        String large = peer.join();
        String small = peer.join();
        String neighbour = peer.join();
        var bodies = new ArrayList<Socket>();
        bodies.add(halfAPost(large, 48_000));
        bodies.add(halfAPost(small, 40_000));
        await().until(() -> server.io.memory().used() > 75_000);
        bodies.add(halfAPost(neighbour, 30_000));
        assertThat(server.nextReason()).isEqualTo("server overloaded");
        assertThat(peer.poll(large).body()).contains("\"code\":1");
        for (Socket body : bodies) {
            body.close();
        }
        assertThat(server.io.memory().sessionsEnded()).isEqualTo(1);
        await().until(() -> server.io.memory().used() == 0);
    }

    @Test
    void endsAWebSocketWhoseMessageExceedsTheBudget() throws Exception {
        restart(ServerOptions.builder().memoryBudget(100_000).build());
        var first = peer.joinFrames();
        first.socket().sendText("42[\"nothing\",\"" + "x".repeat(45_000), false).join();
        await().until(() -> server.io.memory().used() > 40_000);
        var second = peer.joinFrames();
        second.socket().sendText("42[\"nothing\",\"" + "x".repeat(40_000), false).join();
        var third = peer.joinFrames();
        third.socket().sendText("42[\"nothing\",\"" + "x".repeat(30_000), false).join();
        assertThat(first.next()).isEqualTo("closed 1013");
        assertThat(server.nextReason()).isEqualTo("server overloaded");
        second.socket().sendText("\"]", true).join();
        second.send("42[\"inline\",1]");
        assertThat(second.next()).isEqualTo("42[\"inline\",1]");
    }

    @Test
    void refusesHandshakesWith503WhileTheBudgetIsExceeded() throws Exception {
        restart(ServerOptions.builder().memoryBudget(200_000).build());
        // Ending a session cannot take back an event that its handler already holds.
        int[] sizes = {99_000, 99_000, 60_000};
        for (int i = 0; i < sizes.length; i++) {
            var frames = peer.joinFrames();
            frames.send("42[\"block\",\"" + "x".repeat(sizes[i]) + "\"]");
            int blocked = i + 1;
            await().until(() -> server.blocked.get() == blocked);
        }
        assertThat(server.io.memory().used()).isGreaterThan(200_000);
        var refused = peer.send("GET", "?" + Peer.POLLING, "", "Origin", "http://127.0.0.1:" + server.port());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        server.gate.countDown();
        await().until(() -> server.io.memory().used() == 0);
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(200);
    }

    @Test
    void announcesWhatHalfOfTheBudgetAllows() throws Exception {
        restart(ServerOptions.builder().memoryBudget(100_000).build());
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").body()).contains("\"maxPayload\":50000");
        String sid = peer.join();
        String event = "42[\"nothing\",\"" + "x".repeat(50_000) + "\"]";
        assertThat(peer.post(sid, event).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void slowHandlersEndNoSession(boolean webSocket) throws Exception {
        restart(ServerOptions.builder().maxPendingEvents(5).build());
        String blocks = "42[\"block\"]";
        if (webSocket) {
            var frames = peer.joinFrames();
            for (int i = 0; i < 20; i++) {
                frames.send(blocks);
            }
        } else {
            String sid = peer.join();
            peer.post(sid, String.join("\u001e", Collections.nCopies(20, blocks)));
        }
        await().until(() -> server.io.memory().pausedConnections() == 1);
        server.gate.countDown();
        await().until(() -> server.blocked.get() == 20);
        assertThat(server.reasons).isEmpty();
    }

    @Test
    void opensNoMoreSessionsThanAllowed() throws Exception {
        restart(ServerOptions.builder().maxSessions(2).build());
        String sid = peer.join();
        peer.joinFrames();
        var refused = peer.send("GET", "?" + Peer.POLLING, "");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(peer.frames(Peer.WEBSOCKET).next()).isEqualTo("closed 1013");
        peer.post(sid, "1");
        assertThat(server.nextReason()).isEqualTo("transport close");
        // The application may hear of the end a moment before the session leaves the table.
        await().until(() -> server.io.sessions() == 1);
        await().until(() -> peer.send("GET", "?" + Peer.POLLING, "").statusCode() == 200);
    }

    private void restart(ServerOptions options) {
        restart(options, HttpOptions.defaults());
    }

    private void restart(ServerOptions options, HttpOptions http) {
        stop();
        server = TestServer.start(options, http);
        peer = new Peer(server);
    }

    /** A POST whose body never ends. */
    private Socket halfAPost(String sid, int bytes) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        String head = "POST /socket.io/?" + Peer.POLLING + "&sid=" + sid
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + (bytes + 1) + "\r\n\r\n";
        socket.getOutputStream().write((head + "x".repeat(bytes)).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
