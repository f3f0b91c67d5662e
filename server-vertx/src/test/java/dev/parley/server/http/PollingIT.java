package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.ServerOptions;
import dev.parley.server.transport.ServerGateway;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Long polling: what is allowed on a session at the same time, and what ends it. */
class PollingIT {
    private final TestServer server = TestServer
            .start(ServerOptions.builder().maxHttpBufferSize(100_000).build());
    private final Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void joinsAndEchoesAndTellsNothingTwice() throws Exception {
        String sid = peer.handshake();
        assertThat(peer.post(sid, "40").body()).isEqualTo("ok");
        assertThat(peer.poll(sid).body()).matches("40\\{\"sid\":\"[\\w-]{24}\"}").doesNotContain(sid);
        // Events wait until the connection handler has ended: after this one they are echoed as they arrive.
        peer.post(sid, "42[\"inline\",1]");
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"inline\",1]");
        assertThat(peer.post(sid, "42[\"inline\",\"grüße 👋\"]\u001e42[\"inline\",2]").body())
                .isEqualTo("ok");
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"inline\",\"grüße 👋\"]\u001e42[\"inline\",2]");
    }

    @Test
    void carriesBinaryAsBase64() throws Exception {
        String sid = peer.join();
        peer.post(sid, "451-[\"inline\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
        assertThat(peer.poll(sid).body())
                .isEqualTo("451-[\"inline\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
    }

    @Test
    void endsTheSessionWhenTwoPollsOverlap() throws Exception {
        String sid = peer.join();
        var first = peer.hangingPoll(sid);
        var second = peer.hangingPoll(sid);
        assertThat(
                first.get(60, TimeUnit.SECONDS).statusCode() + second.get(60, TimeUnit.SECONDS).statusCode())
                .isEqualTo(200 + 400);
        assertThat(server.nextReason()).isEqualTo("transport error");
        assertThat(peer.poll(sid).body()).contains("Session ID unknown");
    }

    @Test
    void endsTheSessionWhenTwoPostsOverlap() throws Exception {
        String sid = peer.join();
        var poll = peer.hangingPoll(sid);
        // The poll hangs until the session ends.
        await().until(() -> ServerGateway.of(server.io).session(sid).orElseThrow().writable());
        try (var slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            slow.getOutputStream()
                    .write(head("POST", sid, "Content-Length: 10\r\n", "42")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(answered(sid)).isEqualTo(400);
            assertThat(poll.get(60, TimeUnit.SECONDS).body()).isEqualTo("1");
        }
        assertThat(server.nextReason()).isEqualTo("transport error");
    }

    /** Posts until one is refused: the slow request's head may arrive after the first of them. */
    private int answered(String sid) {
        return await().until(() -> peer.post(sid, "3").statusCode(), status -> status != 200);
    }

    @Test
    void endsTheSessionWhenAPollIsCancelled() throws Exception {
        String sid = peer.join();
        try (var leaving = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            leaving.getOutputStream().write(head("GET", sid, "", "").getBytes(StandardCharsets.UTF_8));
            leaving.getOutputStream().flush();
            // The echo is what the poll waits for: once it has come, the poll was there. Then one more hangs and is cut.
            peer.post(sid, "42[\"inline\",1]");
            assertThat(body(leaving.getInputStream())).contains("42[\"inline\",1]");
            leaving.getOutputStream().write(head("GET", sid, "", "").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(server.nextReason()).isEqualTo("transport error");
        assertThat(peer.poll(sid).statusCode()).isEqualTo(400);
    }

    @Test
    void keepsTheConnectionAlive() throws Exception {
        String sid = peer.join();
        try (var one = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            for (int i = 0; i < 3; i++) {
                one.getOutputStream()
                        .write(head("POST", sid, "Content-Length: 1\r\n", "3")
                                .getBytes(StandardCharsets.UTF_8));
                assertThat(body(one.getInputStream())).isEqualTo("ok");
            }
        }
    }

    @Test
    void tooLargeBodyReceives413AndSessionContinues() throws Exception {
        String sid = peer.join();
        try (var raw = new RawHttp(server.port())) {
            String large = "42[\"inline\",\"" + "x".repeat(100_000) + "\"]";
            assertThat(raw.send(RawHttp.post(sid, large)).response().status()).isEqualTo(413);
        }
        assertThat(peer.post(sid, "42[\"inline\",\"" + "x".repeat(90_000) + "\"]").statusCode())
                .isEqualTo(200);
        assertThat(peer.poll(sid).body()).hasSize(90_000 + 15);
    }

    @Test
    void pendingPollIsAnsweredWhenTheClientCloses() throws Exception {
        String sid = peer.join();
        var poll = peer.hangingPoll(sid);
        peer.post(sid, "1");
        assertThat(poll.get(60, TimeUnit.SECONDS).body()).isIn("6",
                "{\"code\":1,\"message\":\"Session ID unknown\"}");
        assertThat(server.nextReason()).isEqualTo("transport close");
    }

    @Test
    void ordersAThousandMessagesEchoedByABlockingHandler() throws Exception {
        String sid = peer.join();
        var sent = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            sent.append(i == 0 ? "" : "\u001e").append("42[\"echo\",").append(i).append(']');
        }
        peer.post(sid, sent.toString());
        var got = new StringBuilder();
        while (got.length() < sent.length()) {
            got.append(got.isEmpty() ? "" : "\u001e").append(peer.poll(sid).body());
        }
        assertThat(got.toString()).isEqualTo(sent.toString());
    }

    private static String head(String method, String sid, String more, String body) {
        return method + " /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: here\r\n"
                + more + "\r\n" + body;
    }

    /** The body of one answer with a known length. */
    private static String body(InputStream in) throws Exception {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IllegalStateException("closed after: " + head);
            }
            head.append((char) c);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ") + 16;
        return new String(in.readNBytes(Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)))),
                StandardCharsets.UTF_8);
    }
}
