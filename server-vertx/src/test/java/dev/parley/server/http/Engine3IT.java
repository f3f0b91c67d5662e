package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO 3 and Socket.IO 4 on the wire, as clients of the 2.x line speak them. */
@Tag("real-time")
class Engine3IT {
    private static final String POLLING = "?EIO=3&transport=polling";
    private static final ServerOptions ALLOWED = ServerOptions.builder()
            .allowEIO3(true)
            .allowedOrigins(Set.of("https://friend.example"))
            .build();
    private TestServer server = TestServer.start(ALLOWED);
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void framesTheHandshakeAndJoinsTheDefaultNamespaceUnasked() throws Exception {
        var answer = peer.send("GET", POLLING, "");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=UTF-8");
        assertThat(answer.body()).matches("(\\d+):0\\{\"sid\":\"0_[\\w-]{24}\",.*}(2:40)?");
        int colon = answer.body().indexOf(':');
        int length = Integer.parseInt(answer.body().substring(0, colon));
        assertThat(answer.body().charAt(colon + length)).isEqualTo('}');
    }

    @Test
    void refusesItWhereItIsNotAllowed() throws Exception {
        restart(ServerOptions.defaults());
        assertThat(peer.send("GET", POLLING, "").body())
                .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
        assertThat(server.nextNews()).isEqualTo("refused 5: EIO 3 is not allowed here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "9", "", "3x", "03"})
    void refusesOtherRevisions(String eio) throws Exception {
        assertThat(peer.send("GET", "?transport=polling&EIO=" + eio, "").body())
                .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    }

    @Test
    void countsCharactersAndNotBytes() throws Exception {
        String at = join("");
        peer.send("POST", at, "21:42[\"echo\",\"grüße 👋\"]");
        assertThat(peer.send("GET", at, "").body()).isEqualTo("21:42[\"echo\",\"grüße 👋\"]");
    }

    @Test
    void sendsBinaryAsBase64ToAClientThatAskedForIt() throws Exception {
        String at = join("&b64=1");
        String event = "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]";
        peer.send("POST", at, event.length() + ":" + event + "10:b4AQIDBA==");
        assertThat(peer.send("GET", at, "").body()).isEqualTo(event.length() + ":" + event + "10:b4AQIDBA==");
    }

    @Test
    void sendsAndTakesBytesOtherwise() throws Exception {
        String at = join("");
        String event = "451-[\"echo\",{\"_placeholder\":true,\"num\":0},\"é\"]";
        var payload = new ByteArrayOutputStream();
        entry(payload, 0, event.getBytes(StandardCharsets.UTF_8));
        entry(payload, 1, new byte[]{4, 0, 4, -1});
        assertThat(peer.postBytes(at, payload.toByteArray()).body())
                .isEqualTo("ok".getBytes(StandardCharsets.UTF_8));
        var answer = peer.getBytes(at);
        assertThat(answer.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(answer.body()).isEqualTo(payload.toByteArray());
    }

    @Test
    void answersAClientsPing() throws Exception {
        String at = join("");
        peer.send("POST", at, "1:2");
        assertThat(peer.send("GET", at, "").body()).isEqualTo("1:3");
        var frames = peer.frames("EIO=3&transport=websocket");
        assertThat(frames.next()).startsWith("0{");
        assertThat(frames.next()).isEqualTo("40");
        frames.send("2");
        assertThat(frames.next()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWhenNoPingComes(boolean webSocket) throws Exception {
        restart(ALLOWED.toBuilder()
                .pingInterval(Duration.ofMillis(200))
                .pingTimeout(Duration.ofMillis(1_800))
                .build());
        long start = System.nanoTime();
        if (webSocket) {
            peer.frames("EIO=3&transport=websocket");
        } else {
            join("");
        }
        assertThat(server.nextReason()).isEqualTo("ping timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void putsTheTypeInFrontOfBinaryFrames() throws Exception {
        var frames = joinFrames("");
        frames.send("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
        frames.sendBinary(new byte[]{4, 1, 2, 3});
        assertThat(frames.next()).startsWith("451-[\"echo\"");
        assertThat(frames.next()).isEqualTo("binary 4");
    }

    @Test
    void sendsBase64InTextFramesToAClientThatAskedForIt() throws Exception {
        var frames = joinFrames("&b64=1");
        frames.send("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
        frames.send("b4AQID");
        assertThat(frames.next()).startsWith("451-[\"echo\"");
        assertThat(frames.next()).isEqualTo("b4AQID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "x:4", "5:4", "1:7", "", "1:3"})
    void endsOnABodyThatIsNoPayload(String body) throws Exception {
        String at = join("");
        peer.send("POST", at, body);
        assertThat(server.nextReason()).isIn("parse error", "transport error");
    }

    @Test
    void respondsWithAScriptToJsonpRequests() throws Exception {
        var answer = peer.send("GET", POLLING + "&j=3", "");
        assertThat(answer.headers().firstValue("content-type")).contains("text/javascript; charset=UTF-8");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.body()).startsWith("___eio[3](\"")
                .contains("0{\\\"sid\\\":\\\"0_")
                .endsWith("\");");
        String sid = answer.body().substring(answer.body().indexOf("0_"), answer.body().indexOf("0_") + 26);
        String at = POLLING + "&sid=" + sid + "&j=4";
        if (!answer.body().contains("2:40")) {
            assertThat(peer.send("GET", at, "").body()).isEqualTo("___eio[4](\"2:40\");");
        }
        String event = "42[\"echo\",\"</script>\u2028\\n\"]";
        var posted = peer.send("POST", at, "d=" + URLEncoder
                .encode(event.length() + ":" + event.replace("\\n", "\\\\n"), StandardCharsets.UTF_8),
                "Content-Type", "application/x-www-form-urlencoded");
        assertThat(posted.body()).isEqualTo("ok");
        assertThat(posted.headers().firstValue("content-type")).contains("text/html; charset=UTF-8");
        assertThat(peer.send("GET", at, "").body())
                .isEqualTo("___eio[4](\"25:42[\\\"echo\\\",\\\"\\u003c/script\\u003e\\u2028\\\\n\\\"]\");");
        peer.send("POST", at, "e=1", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(server.nextReason()).isEqualTo("parse error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert(1)", "0];alert(1", "-1", "12345678901"})
    void takesOnlyANumberForTheScript(String index) throws Exception {
        var answer = peer.send("GET", POLLING + "&j=" + URLEncoder.encode(index, StandardCharsets.UTF_8), "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void refusesJsonpToPagesOfOtherOrigins() throws Exception {
        String query = POLLING + "&j=0";
        assertThat(peer.send("GET", query, "", "Referer", "https://friend.example/page").statusCode())
                .isEqualTo(200);
        assertThat(peer.send("GET", query, "", "Referer", server.url() + "/page").statusCode())
                .isEqualTo(200);
        assertThat(peer.send("GET", query, "", "Referer", "https://stranger.example/").statusCode())
                .isEqualTo(403);
        assertThat(peer.send("GET", query, "", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(peer.send("GET", query, "", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
    }

    private void restart(ServerOptions options) {
        stop();
        server = TestServer.start(options);
        peer = new Peer(server);
    }

    /** The query of a polling session whose client knows that it is in the default namespace. */
    private String join(String more) throws Exception {
        String body = peer.send("GET", POLLING + more, "").body();
        String at = POLLING + "&sid=" + body.substring(body.indexOf("0_"), body.indexOf("0_") + 26);
        if (!body.endsWith("2:40")) {
            assertThat(peer.send("GET", at, "").body()).isEqualTo("2:40");
        }
        return at;
    }

    private Peer.Frames joinFrames(String more) throws Exception {
        var frames = peer.frames("EIO=3&transport=websocket" + more);
        frames.next();
        frames.next();
        return frames;
    }

    private static void entry(ByteArrayOutputStream payload, int kind, byte[] bytes) {
        payload.write(kind);
        Integer.toString(bytes.length).chars().forEach(digit -> payload.write(digit - '0'));
        payload.write(255);
        payload.writeBytes(bytes);
    }
}
