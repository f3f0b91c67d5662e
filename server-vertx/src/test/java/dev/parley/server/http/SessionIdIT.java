package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.transport.ServerGateway;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the server names sessions, and a name that has leaked gives nobody a second way into its session. */
class SessionIdIT {
    /** Shaped as ours are, of this server and of another, and not. */
    private static final String OURS = "0_AAAAAAAAAAAAAAAAAAAAAAAA";
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({OURS + ",false", OURS + ",true", "9_AAAAAAAAAAAAAAAAAAAAAAAA,true", "mine,false",
            "mine,true"})
    void opensNothingUnderANameThatTheClientChose(String sid, boolean cookie) throws Exception {
        restart(cookie);
        for (String method : new String[]{"GET", "POST"}) {
            var answer = peer.send(method, "?" + Peer.POLLING + "&sid=" + sid,
                    method.equals("POST") ? "40" : "", "Cookie", "io=" + sid);
            assertThat(answer.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
            assertThat(answer.headers().allValues("set-cookie")).isEmpty();
        }
        assertThat(statusOfAWebSocket("&sid=" + sid, "Cookie", "io=" + sid)).isEqualTo(400);
        assertThat(server.io.sessions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesNoNameFromACookie(boolean cookie) throws Exception {
        restart(cookie);
        var answer = peer.send("GET", "?" + Peer.POLLING, "", "Cookie", "io=" + OURS + "; sid=" + OURS);
        assertThat(answer.body()).startsWith("0{\"sid\":\"0_").doesNotContain(OURS);
        assertThat(String.join("", answer.headers().allValues("set-cookie"))).doesNotContain(OURS)
                .hasSize(cookie ? "io=; Path=/; HttpOnly; SameSite=Lax".length() + OURS.length() : 0);
        var frames = peer.frames(Peer.WEBSOCKET, "Cookie", "io=" + OURS);
        assertThat(frames.next()).startsWith("0{\"sid\":\"0_").doesNotContain(OURS);
        assertThat(ServerGateway.of(server.io).session(OURS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sessionCookieSelectsNoSession(boolean cookie) throws Exception {
        restart(cookie);
        String sid = peer.join();
        peer.post(sid, "42[\"inline\",\"for its client alone\"]");
        String named = "io=" + sid;
        var other = peer.send("GET", "?" + Peer.POLLING, "", "Cookie", named);
        assertThat(other.body()).startsWith("0{\"sid\":\"0_").doesNotContain(sid);
        assertThat(peer.send("POST", "?" + Peer.POLLING, "42[\"inline\",2]", "Cookie", named).body())
                .isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        var frames = peer.frames(Peer.WEBSOCKET, "Cookie", named);
        assertThat(frames.next()).startsWith("0{\"sid\":\"0_").doesNotContain(sid);
        assertThat(peer.poll(sid).body()).isEqualTo("42[\"inline\",\"for its client alone\"]");
    }

    @Test
    void sidOfAWebSocketOpensNoOtherTransport() throws Exception {
        var first = peer.frames(Peer.WEBSOCKET);
        String open = first.next();
        String sid = open.substring(9, open.indexOf('"', 9));
        first.send("40");
        assertThat(first.next()).startsWith("40{");
        turnsAway(sid);
        assertThat(peer.poll(sid).body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(peer.post(sid, "42[\"inline\",1]").body())
                .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        first.send("42[\"inline\",2]");
        assertThat(first.next()).isEqualTo("42[\"inline\",2]");
    }

    @Test
    void secondWebSocketDuringAProbeIsTurnedAway() throws Exception {
        String sid = peer.join();
        var first = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        first.send("2probe");
        assertThat(first.next()).isEqualTo("3probe");
        turnsAway(sid);
        first.send("5");
        first.send("42[\"inline\",1]");
        assertThat(first.next()).isEqualTo("42[\"inline\",1]");
    }

    @Test
    void isRefusedOfASessionThatIsNotOrMayNotUpgrade() throws Exception {
        stop();
        server = TestServer.start(ServerOptions.builder().allowUpgrades(false).build());
        peer = new Peer(server);
        assertThat(statusOfAWebSocket("&sid=" + peer.join())).isEqualTo(400);
        assertThat(statusOfAWebSocket("&sid=" + OURS)).isEqualTo(400);
    }

    /** Its handshake is completed, and then it hears nothing but the end. */
    private void turnsAway(String sid) throws InterruptedException {
        var second = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        second.trySend("2probe");
        second.trySend("5");
        assertThat(second.next()).isEqualTo("closed 1000");
    }

    /** Returns the status of the response to a WebSocket handshake. */
    private int statusOfAWebSocket(String query, String... headers) {
        try {
            peer.frames(Peer.WEBSOCKET + query, headers);
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    private void restart(boolean cookie) {
        stop();
        server = TestServer.start(ServerOptions.defaults(),
                cookie ? HttpOptions.builder().cookie(SessionCookie.defaults()).build()
                        : HttpOptions.defaults());
        peer = new Peer(server);
    }
}
