package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.server.ServerOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket, from the first frame and after polling. */
class WebSocketIT {
    private final TestServer server = TestServer
            .start(ServerOptions.builder().maxHttpBufferSize(100_000).build());
    private final Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void echoesTextAndBinary() throws Exception {
        var frames = peer.joinFrames();
        frames.send("42[\"inline\",\"grüße 👋\"]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",\"grüße 👋\"]");
        frames.send("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
        frames.sendBinary(new byte[70_000]);
        assertThat(frames.next()).isEqualTo("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(frames.next()).isEqualTo("binary 70000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_000, 65_535, 65_536, 90_000})
    void carriesEveryLength(int length) throws Exception {
        var frames = peer.joinFrames();
        String event = "42[\"inline\",\"" + "x".repeat(length) + "\"]";
        frames.send(event);
        assertThat(frames.next()).isEqualTo(event);
    }

    @Test
    void joinsTheFragmentsOfAMessage() throws Exception {
        var frames = peer.joinFrames();
        frames.socket().sendText("42[\"inl", false).join();
        frames.socket().sendText("ine\",1", false).join();
        frames.socket().sendText("]", true).join();
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
    }

    @Test
    void closesWith1009WhenAMessageIsTooLarge() throws Exception {
        var frames = peer.joinFrames();
        var sending = frames.socket().sendText("4" + "x".repeat(400_000), true);
        assertThat(frames.next()).isEqualTo("closed 1009");
        assertThat(server.nextReason()).isEqualTo("transport error");
        await().until(sending::isDone);
    }

    @Test
    void closesWith1009WhenFragmentsAddUpToTooMuch() throws Exception {
        var frames = peer.joinFrames();
        frames.socket().sendText("x".repeat(90_000), false).join();
        frames.socket().sendText("x".repeat(90_000), false).join();
        assertThat(frames.next()).isEqualTo("closed 1009");
    }

    @Test
    void answersAPingFrame() throws Exception {
        var frames = peer.joinFrames();
        frames.socket().sendPing(ByteBuffer.wrap(new byte[]{1})).join();
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
    }

    @Test
    void upgradesAndAnswersEveryPollMeanwhile() throws Exception {
        String sid = peer.join();
        var poll = peer.hangingPoll(sid);
        var frames = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        frames.send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        assertThat(poll.get(60, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(peer.poll(sid).body()).isEqualTo("6");
        peer.post(sid, "42[\"inline\",\"still polling\"]");
        frames.send("5");
        assertThat(frames.next()).isEqualTo("42[\"inline\",\"still polling\"]");
        frames.send("42[\"inline\",\"upgraded\"]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",\"upgraded\"]");
        assertThat(server.nextNews()).isEqualTo("opened polling");
        assertThat(server.nextNews()).isEqualTo("upgraded");
    }

    @Test
    void refusesPollsAfterTheUpgradeAndTurnsAwayASecondWebSocket() throws Exception {
        String sid = peer.join();
        var frames = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        frames.send("2probe");
        frames.next();
        frames.send("5");
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
        assertThat(peer.poll(sid).body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(peer.post(sid, "3").statusCode()).isEqualTo(400);
        var second = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        second.trySend("42[\"inline\",3]");
        assertThat(second.next()).isEqualTo("closed 1000");
        frames.send("42[\"inline\",2]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",2]");
    }

    @Test
    void goesOnPollingWhenAProbingWebSocketMisbehaves() throws Exception {
        String sid = peer.join();
        var frames = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        frames.send("4no probe");
        assertThat(frames.next()).isEqualTo("closed 1000");
        peer.post(sid, "42[\"inline\",1]");
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"inline\",1]");
        var second = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        second.send("2probe");
        assertThat(second.next()).isEqualTo("3probe");
    }

    @Test
    void refusesAWebSocketOfAnUnknownSession() {
        assertThatThrownBy(() -> peer.frames(Peer.WEBSOCKET + "&sid=nobody"))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void sessionContinuesWhenAHandlerThrows() throws Exception {
        var frames = peer.joinFrames();
        server.nextNews();
        frames.send("42[\"throw\"]");
        assertThat(server.nextNews()).isEqualTo("failed throw: as asked");
        frames.send("42[\"echo\",1]");
        assertThat(frames.next()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void abortedConnectionsLeaveNoSessionOrSocket() throws Exception {
        for (int i = 0; i < 20; i++) {
            var frames = peer.joinFrames();
            frames.socket().abort();
            assertThat(server.nextReason()).isEqualTo("transport close");
        }
        // The application may hear of the end a moment before the session leaves the table.
        await().untilAsserted(() -> assertThat(server.io.sessions()).isZero());
        assertThat(server.io.of("/").sockets()).isEmpty();
    }
}
