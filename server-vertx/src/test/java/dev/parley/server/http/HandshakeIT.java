package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.ServerOptions;
import java.net.http.WebSocketHandshakeException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes and who may make them. */
class HandshakeIT {
    private static final String FRIEND = "https://friend.example";
    private final TestServer server = TestServer
            .start(ServerOptions.builder().allowedOrigins(Set.of(FRIEND)).build());
    private final Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void tellsAPollingClientAllItHasToKnow() throws Exception {
        var answer = peer.send("GET", "?EIO=4&transport=polling", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=UTF-8");
        assertThat(answer.body())
                .matches("0\\{\"sid\":\"0_[\\w-]{24}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":60000,\"maxPayload\":1000000}");
    }

    @Test
    void offersNoUpgradeToAClientThatBeganWithWebSocket() throws Exception {
        var frames = peer.frames(Peer.WEBSOCKET);
        assertThat(frames.next()).startsWith("0{\"sid\":\"0_").contains("\"upgrades\":[],");
    }

    @Test
    void eachHandshakeGetsAnotherSid() throws Exception {
        assertThat(peer.handshake()).isNotEqualTo(peer.handshake());
    }

    @ParameterizedTest
    @CsvSource({"GET,?EIO=4,0,Transport unknown", "GET,?EIO=4&transport=pigeon,0,Transport unknown",
            "GET,?EIO=4&transport=polling&sid=mine,1,Session ID unknown",
            "POST,?EIO=4&transport=polling&sid=mine,1,Session ID unknown",
            "POST,?EIO=4&transport=polling,2,Bad handshake method",
            "PUT,?EIO=4&transport=polling,2,Bad handshake method",
            "GET,?EIO=4&transport=websocket,3,Bad request",
            "GET,?EIO=3&transport=polling,5,Unsupported protocol version",
            "GET,?EIO=9&transport=polling,5,Unsupported protocol version",
            "GET,?transport=polling,5,Unsupported protocol version"})
    void refusesWithTheCodeThatClientsKnow(String method, String query, int code, String message)
            throws Exception {
        var answer = peer.send(method, query, method.equals("GET") ? "" : "40", "Origin", FRIEND);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(FRIEND);
        assertThat(server.nextNews()).startsWith("refused " + code);
    }

    @Test
    void refusesAPageThatMayNot() throws Exception {
        var answer = peer.send("GET", "?EIO=4&transport=polling", "", "Origin", "https://stranger.example");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(server.nextNews()).isEqualTo("refused 4: the origin is not allowed");
    }

    @Test
    void refusesAWebSocketOfAPageThatMayNot() {
        assertThatThrownBy(() -> peer.frames(Peer.WEBSOCKET, "Origin", "https://stranger.example"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void allowsOwnAndConfiguredOrigins() throws Exception {
        var own = peer.send("GET", "?EIO=4&transport=polling", "", "Origin", server.url());
        assertThat(own.statusCode()).isEqualTo(200);
        var friend = peer.send("GET", "?EIO=4&transport=polling", "", "Origin", FRIEND);
        assertThat(friend.statusCode()).isEqualTo(200);
        assertThat(friend.headers().firstValue("access-control-allow-origin")).contains(FRIEND);
        assertThat(friend.headers().firstValue("access-control-allow-credentials")).isEmpty();
        assertThat(friend.headers().firstValue("vary")).contains("Origin");
    }

    @Test
    void answersAPreflight() throws Exception {
        var friend = peer.send("OPTIONS", "?EIO=4&transport=polling", "", "Origin", FRIEND);
        assertThat(friend.statusCode()).isEqualTo(204);
        assertThat(friend.headers().firstValue("access-control-allow-methods")).contains("GET,POST,OPTIONS");
        assertThat(friend.headers().firstValue("access-control-allow-headers"))
                .contains("Content-Type,Authorization,X-Requested-With,Accept,Origin");
        var stranger = peer.send("OPTIONS", "?EIO=4&transport=polling", "", "Origin",
                "https://stranger.example");
        assertThat(stranger.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(stranger.headers().firstValue("access-control-allow-methods")).isEmpty();
    }
}
