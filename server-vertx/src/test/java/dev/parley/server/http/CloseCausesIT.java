package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.ClientConnection;
import dev.parley.server.ConnectionListener;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.engine.WebSocketViolation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to end with "transport error" has a cause of its own, told to both kinds of listener; handlers are told the same text. */
class CloseCausesIT {
    private final TestServer server = TestServer
            .start(ServerOptions.builder().allowEIO3(true).maxHttpBufferSize(20_000).build());
    private final Peer peer = new Peer(server);
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebSocketViolation> violations = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() {
        server.io.addListener(new ServerListener() {
            @Override
            public void opened(ClientConnection connection) {
                connection.observe(new ConnectionListener() {
                    @Override
                    public void closed(CloseReason reason, CloseCause cause) {
                        ends.add("observed " + cause);
                    }
                });
            }

            @Override
            public void violated(String connection, WebSocketViolation violation) {
                violations.add(violation);
            }

            @Override
            public void closed(String connection, TransportKind transport, CloseReason reason,
                    CloseCause cause, Duration lifetime) {
                ends.add(reason + " " + cause);
            }
        });
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void overlappingPolls() throws Exception {
        String sid = peer.join();
        var first = peer.hangingPoll(sid);
        peer.poll(sid);
        first.get(60, TimeUnit.SECONDS);
        endsWith(CloseCause.OVERLAPPING_POLLS);
    }

    @Test
    void cancelledPoll() throws Exception {
        String sid = peer.join();
        start("GET /socket.io/?" + Peer.POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: a\r\n\r\n").close();
        endsWith(CloseCause.POLL_CANCELLED);
    }

    @Test
    void overlappingPosts() throws Exception {
        String sid = peer.join();
        try (var half = start(halfAPost(sid))) {
            while (peer.post(sid, "3").statusCode() == 200) {
                // Until the head of the other one has arrived.
            }
            endsWith(CloseCause.OVERLAPPING_POSTS);
            assertThat(half.isClosed()).isFalse();
        }
    }

    @Test
    void lostPost() throws Exception {
        start(halfAPost(peer.join())).close();
        endsWith(CloseCause.POST_LOST);
    }

    @Test
    void pingOfAClientOfRevision4() throws Exception {
        peer.post(peer.join(), "2");
        endsWith(CloseCause.UNEXPECTED_PING);
        peer.joinFrames().send("2");
        endsWith(CloseCause.UNEXPECTED_PING);
    }

    @Test
    void pongOfAClientOfRevision3() throws Exception {
        var frames = peer.frames("EIO=3&transport=websocket");
        frames.next();
        frames.next();
        frames.send("3");
        endsWith(CloseCause.UNEXPECTED_PONG);
    }

    @ParameterizedTest
    @CsvSource({"text.bare:'a',UNMASKED,PROTOCOL_VIOLATION", "op3:,RESERVED_OPCODE,PROTOCOL_VIOLATION",
            "close:#0000,CLOSE_CODE,PROTOCOL_VIOLATION", "text:#c3,TEXT_NOT_UTF8,INVALID_PAYLOAD",
            "bin:x20001,MESSAGE_TOO_LARGE,MESSAGE_TOO_LARGE"})
    void violationOfWebSocket(String frame, WebSocketViolation violation, CloseCause cause) throws Exception {
        try (var client = joined()) {
            client.send(frame);
            endsWith(cause);
            assertThat(violations.poll(60, TimeUnit.SECONDS)).isEqualTo(violation);
            assertThat(violations).isEmpty();
        }
    }

    @Test
    void violationOfAProbingWebSocketIsToldAndTheSessionGoesOn() throws Exception {
        String sid = peer.join();
        try (var client = new RawWebSocket(server.port(), Peer.WEBSOCKET + "&sid=" + sid)) {
            client.send("op3:");
            assertThat(client.next()).isEqualTo("close:1002");
            assertThat(violations.poll(60, TimeUnit.SECONDS)).isEqualTo(WebSocketViolation.RESERVED_OPCODE);
        }
        peer.post(sid, "42[\"inline\",1]");
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"inline\",1]");
        assertThat(ends).isEmpty();
    }

    @Test
    void otherReasonsHaveNone() throws Exception {
        try (var client = joined()) {
            client.send("text:'1'");
            assertThat(ends.poll(60, TimeUnit.SECONDS)).isEqualTo("TRANSPORT_CLOSE UNSPECIFIED");
        }
    }

    private RawWebSocket joined() throws Exception {
        var client = new RawWebSocket(server.port(), Peer.WEBSOCKET);
        client.next();
        client.send("text:'40'");
        client.next();
        return client;
    }

    private Socket start(String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String halfAPost(String sid) {
        return "POST /socket.io/?" + Peer.POLLING + "&sid=" + sid
                + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n4";
    }

    private void endsWith(CloseCause cause) throws InterruptedException {
        assertThat(server.nextReason()).isEqualTo("transport error");
        assertThat(ends.poll(60, TimeUnit.SECONDS)).isEqualTo("TRANSPORT_ERROR " + cause);
        assertThat(ends.poll(60, TimeUnit.SECONDS)).isEqualTo("observed " + cause);
    }
}
