package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.server.ServerOptions;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings of the sessions themselves: upgrades, names, the first message, compression of one event. */
class EngineOptionsIT {
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void offersAndTakesNoUpgradeWhenTold() throws Exception {
        restart(ServerOptions.builder().allowUpgrades(false).build(), HttpOptions.defaults());
        String handshake = peer.send("GET", "?" + Peer.POLLING, "").body();
        assertThat(handshake).contains("\"upgrades\":[]");
        String sid = handshake.substring(9, handshake.indexOf('"', 9));
        assertThatThrownBy(() -> peer.frames(Peer.WEBSOCKET + "&sid=" + sid))
                .isInstanceOf(CompletionException.class);
        // A client that begins with WebSocket still may.
        assertThat(peer.frames(Peer.WEBSOCKET).next()).startsWith("0{");
    }

    @Test
    void takesTheNamesOfSessionsFromTheApplication() throws Exception {
        var count = new AtomicInteger();
        restart(ServerOptions.builder()
                .nodeTag("n7")
                .sessionIds(handshake -> handshake.parameter("tenant").orElse("nobody")
                        + "-0123456789-0123456789-" + count.incrementAndGet())
                .build(), HttpOptions.defaults());
        String body = peer.send("GET", "?" + Peer.POLLING + "&tenant=acme", "").body();
        assertThat(body).contains("\"sid\":\"n7_acme-0123456789-0123456789-1\"");
        assertThat(peer.post("n7_acme-0123456789-0123456789-1", "40").body()).isEqualTo("ok");
        assertThat(peer.frames(Peer.WEBSOCKET).next()).contains("\"n7_nobody-0123456789-0123456789-2\"");
    }

    @Test
    void refusesAHandshakeWhoseNameIsNotFit() throws Exception {
        restart(ServerOptions.builder()
                .sessionIds(handshake -> handshake.parameter("short").isPresent() ? "short"
                        : "always-the-same-0123456789")
                .build(), HttpOptions.defaults());
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(200);
        assertThat(server.nextNews()).startsWith("opened");
        for (String query : new String[]{Peer.POLLING, Peer.POLLING + "&short=1"}) {
            assertThat(peer.send("GET", "?" + query, "").body())
                    .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            assertThat(server.nextNews()).isEqualTo("refused 3: no id could be made for it");
        }
        assertThatThrownBy(() -> peer.frames(Peer.WEBSOCKET)).isInstanceOf(CompletionException.class);
        assertThat(server.io.sessions()).isEqualTo(1);
    }

    @Test
    void saysWhenASessionBelongsToAnotherServer() throws Exception {
        assertThat(peer.poll("other_0123456789-0123456789-ab").statusCode()).isEqualTo(400);
        assertThat(server.nextNews())
                .isEqualTo("refused 1: a session of another server: the balancer needs affinity");
        peer.poll("0_0123456789-0123456789-ab");
        assertThat(server.nextNews()).isEqualTo("refused 1: no such session here");
    }

    @Test
    void sendsTheFirstMessageRightBehindTheHandshake() throws Exception {
        restart(ServerOptions.builder().initialPacket(new EnginePacket.Message("2[\"news\",1]")).build(),
                HttpOptions.defaults());
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").body()).endsWith("}\u001e42[\"news\",1]");
        var frames = peer.frames(Peer.WEBSOCKET);
        assertThat(frames.next()).startsWith("0{");
        assertThat(frames.next()).isEqualTo("42[\"news\",1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerOptions.builder().initialPacket(new EnginePacket.Noop()).build());
    }

    @Test
    void compressesNoAnswerWhoseEventsAreNotToBe() throws Exception {
        String text = "x".repeat(4000);
        server.io.onConnection(socket -> {
            socket.on("plain", event -> socket.self().compress(false).emit("e", text));
            socket.on("packed", event -> socket.self().emit("e", text));
        });
        String sid = peer.join();
        for (var wanted : new String[][]{{"plain", null}, {"packed", "gzip"}}) {
            peer.post(sid, "42[\"" + wanted[0] + "\"]");
            var answer = peer.getBytes("?" + Peer.POLLING + "&sid=" + sid, "Accept-Encoding", "gzip");
            assertThat(answer.headers().firstValue("content-encoding"))
                    .isEqualTo(Optional.ofNullable(wanted[1]));
        }
    }

    private void restart(ServerOptions options, HttpOptions http) {
        stop();
        server = TestServer.start(options, http);
        peer = new Peer(server);
    }
}
