package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The handshake of WebSocket: what a client that offers subprotocols is answered, and one whose handshake is none. */
class SubprotocolsIT {
    private static final String HEADER = "Sec-WebSocket-Protocol";
    private TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void opensForAClientThatOffersSome() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var socket = http.newWebSocketBuilder()
                    .subprotocols("chat", "superchat")
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + server.port() + "/socket.io/?" + Peer.WEBSOCKET),
                            new WebSocket.Listener() {})
                    .get(60, TimeUnit.SECONDS);
            assertThat(socket.getSubprotocol()).isEqualTo("chat");
            socket.abort();
        }
    }

    @Test
    void echoesTheFirstAlsoOnAnUpgrade() throws Exception {
        assertThat(answer(Peer.WEBSOCKET, HEADER + ": chat, superchat")).containsExactly("chat");
        try (var peer = new Peer(server)) {
            assertThat(answer(Peer.WEBSOCKET + "&sid=" + peer.join(), HEADER + ": a", HEADER + ": b"))
                    .containsExactly("a");
        }
    }

    @Test
    void namesNoneToAClientThatOffersNone() throws Exception {
        assertThat(answer(Peer.WEBSOCKET)).isEmpty();
        assertThat(answer(Peer.WEBSOCKET, HEADER + ": ")).isEmpty();
        assertThat(answer(Peer.WEBSOCKET, HEADER + ": a b")).isEmpty();
    }

    @Test
    void followsTheRuleThatIsSet() throws Exception {
        server.close();
        server = TestServer.start(ServerOptions.defaults(),
                HttpOptions.builder()
                        .subprotocol(offered -> offered.contains("other") ? Optional.of("not offered")
                                : offered.stream().filter("v2"::equals).findFirst())
                        .build());
        assertThat(answer(Peer.WEBSOCKET, HEADER + ": v1, v2")).containsExactly("v2");
        assertThat(answer(Peer.WEBSOCKET, HEADER + ": v1")).isEmpty();
        assertThat(answer(Peer.WEBSOCKET, HEADER + ": other")).isEmpty();
    }

    /** RFC 6455, section 4.2.2. */
    @ParameterizedTest
    @CsvSource({"8", "99", "x"})
    void tellsTheVersionThatItSpeaks(String version) throws Exception {
        try (var client = new RawWebSocket(server.port(), Peer.WEBSOCKET,
                "Sec-WebSocket-Version: " + version)) {
            assertThat(client.status()).startsWith("HTTP/1.1 400");
            assertThat(client.header("Sec-WebSocket-Version")).containsExactly("13");
        }
    }

    private Iterable<String> answer(String query, String... headers) throws Exception {
        try (var client = new RawWebSocket(server.port(), query, headers)) {
            assertThat(client.status()).startsWith("HTTP/1.1 101");
            return client.header(HEADER);
        }
    }
}
