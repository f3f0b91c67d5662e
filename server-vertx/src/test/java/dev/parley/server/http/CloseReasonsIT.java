package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every documented reason for the end of a session, told to the application, on both transports. */
@Tag("real-time")
class CloseReasonsIT {
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);
    private Runnable said = () -> {};

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transportClose(boolean webSocket) throws Exception {
        join(webSocket, "1");
        said.run();
        assertThat(server.nextReason()).isEqualTo("transport close");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void transportErrorWhenTheClientPings(boolean webSocket) throws Exception {
        join(webSocket, "2");
        said.run();
        assertThat(server.nextReason()).isEqualTo("transport error");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parseError(boolean webSocket) throws Exception {
        join(webSocket, "42{}");
        said.run();
        assertThat(server.nextReason()).isEqualTo("parse error");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientNamespaceDisconnect(boolean webSocket) throws Exception {
        join(webSocket, "41");
        said.run();
        assertThat(server.nextReason()).isEqualTo("client namespace disconnect");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverNamespaceDisconnectAndForcedClose(boolean webSocket) throws Exception {
        join(webSocket, "42[\"end-me\"]");
        said.run();
        assertThat(server.nextReason()).isEqualTo("server namespace disconnect");
        server.nextNews();
        assertThat(server.nextNews())
                .isEqualTo("closed " + (webSocket ? "websocket" : "polling") + ": forced close");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverShuttingDown(boolean webSocket) throws Exception {
        join(webSocket, "3");
        server.io.close();
        assertThat(server.nextReason()).isEqualTo("server shutting down");
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pingTimeout(boolean webSocket) throws Exception {
        // Long enough to join in also where the machine is busy.
        restart(ServerOptions.builder()
                .pingInterval(Duration.ofMillis(200))
                .pingTimeout(Duration.ofMillis(1_800))
                .build());
        long start = System.nanoTime();
        join(webSocket, "");
        assertThat(server.nextReason()).isEqualTo("ping timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void forcedServerCloseWhenNothingIsJoinedInTime() throws Exception {
        restart(ServerOptions.builder().connectTimeout(Duration.ofMillis(300)).build());
        peer.frames(Peer.WEBSOCKET);
        assertThat(server.nextNews()).isEqualTo("opened websocket");
        assertThat(server.nextNews()).isEqualTo("closed websocket: forced server close");
        peer.handshake();
        assertThat(server.nextNews()).isEqualTo("opened polling");
        assertThat(server.nextNews()).isEqualTo("closed polling: forced server close");
    }

    @Test
    void sendQueueFullWhenTheClientDoesNotPoll() throws Exception {
        restart(ServerOptions.builder().maxQueuedBytes(50_000).build());
        String sid = peer.join();
        for (int i = 0; i < 4; i++) {
            peer.post(sid, "42[\"inline\",\"" + "x".repeat(20_000) + "\"]");
        }
        assertThat(server.nextReason()).isEqualTo("send queue full");
    }

    private void restart(ServerOptions options) {
        stop();
        server = TestServer.start(options);
        peer = new Peer(server);
    }

    /** A client in the default namespace, ready to say one thing. */
    private void join(boolean webSocket, String last) throws Exception {
        if (webSocket) {
            var frames = peer.joinFrames();
            said = () -> frames.send(last);
        } else {
            String sid = peer.join();
            said = () -> peer.sendAsync("POST", "?" + Peer.POLLING + "&sid=" + sid, last).join();
        }
    }
}
