package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at each bound, and when a peer goes in the middle of something. */
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

    /** Otherwise bodies that trickle would hold everybody's budget, long after their sessions have ended. */
    @Test
    void refusesABodyThatTakesTooLong() throws Exception {
        restart(ServerOptions.builder().unreadBudget(10_000).build(),
                HttpOptions.builder().bodyTimeout(Duration.ofSeconds(2)).build());
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

    @Test
    void refusesABodyThatWouldPassEverybodysBudget() throws Exception {
        restart(ServerOptions.builder().unreadBudget(10_000).build());
        String slow = peer.join();
        String quick = peer.join();
        String event = "42[\"nothing\",\"" + "x".repeat(5_000) + "\"]";
        try (var half = halfAPost(slow, 9_000)) {
            half.getOutputStream().flush();
            await().untilAsserted(() -> assertThat(peer.post(quick, event).statusCode()).isEqualTo(503));
        }
        assertThat(server.nextReason()).isEqualTo("transport error");
        // What the lost body held has been given back, and the other session lives.
        assertThat(peer.post(quick, event).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAMessageThatWouldPassEverybodysBudget() throws Exception {
        restart(ServerOptions.builder().unreadBudget(100_000).build());
        var frames = peer.joinFrames();
        frames.socket().sendText("42[\"nothing\",\"" + "x".repeat(150_000), false).join();
        assertThat(frames.next()).isEqualTo("closed 1013");
        assertThat(server.nextReason()).isEqualTo("transport error");
        var other = peer.joinFrames();
        other.send("42[\"inline\",\"" + "x".repeat(90_000) + "\"]");
        assertThat(other.next()).hasSizeGreaterThan(90_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsASessionWhoseEventsTheApplicationDoesNotTake(boolean webSocket) throws Exception {
        restart(ServerOptions.builder().maxPendingEvents(5).build());
        String blocks = "42[\"block\"]";
        if (webSocket) {
            var frames = peer.joinFrames();
            int sent = 0;
            while (sent < 20 && frames.trySend(blocks)) {
                sent++;
            }
            assertThat(frames.next()).isEqualTo("closed 1000");
        } else {
            String sid = peer.join();
            peer.post(sid, String.join("\u001e", Collections.nCopies(20, blocks)));
        }
        server.gate.countDown();
        assertThat(server.nextReason()).isEqualTo("receive queue full");
    }

    @Test
    void opensNoMoreSessionsThanAllowed() throws Exception {
        restart(ServerOptions.builder().maxSessions(2).build());
        String sid = peer.join();
        peer.joinFrames();
        var refused = peer.send("GET", "?" + Peer.POLLING, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
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
