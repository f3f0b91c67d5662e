package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.CorsOptions;
import dev.parley.server.ServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each setting of the HTTP side, with its default. */
class HttpOptionsIT {
    private static final String LONG = "42[\"inline\",\"" + "grüße ".repeat(200) + "\"]";
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gzip|gzip", "gzip, deflate, br|gzip", "deflate|deflate",
            "br;q=1, deflate;q=0.5|deflate", "*|gzip", "gzip;q=0, deflate|deflate", "br|", "gzip;q=0|",
            "identity|"})
    void compressesLongAnswersTheWayTheClientTakes(String accept, String coding) throws Exception {
        String sid = peer.join();
        peer.post(sid, LONG);
        var answer = peer.getBytes("?" + Peer.POLLING + "&sid=" + sid, "Accept-Encoding", accept);
        assertThat(answer.headers().firstValue("content-encoding")).isEqualTo(Optional.ofNullable(coding));
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=UTF-8");
        assertThat(plain(answer.body(), coding)).isEqualTo(LONG);
        assertThat(answer.headers().allValues("vary").contains("Accept-Encoding")).isEqualTo(coding != null);
    }

    @Test
    void compressesNothingShortAndNothingWithoutBeingAsked() throws Exception {
        String sid = peer.join();
        peer.post(sid, "42[\"inline\",\"short\"]");
        var brief = peer.getBytes("?" + Peer.POLLING + "&sid=" + sid, "Accept-Encoding", "gzip");
        assertThat(brief.headers().firstValue("content-encoding")).isEmpty();
        peer.post(sid, LONG);
        assertThat(peer.poll(sid).body()).isEqualTo(LONG);
        restart(HttpOptions.builder().noHttpCompression().build());
        String other = peer.join();
        peer.post(other, LONG);
        var off = peer.getBytes("?" + Peer.POLLING + "&sid=" + other, "Accept-Encoding", "gzip");
        assertThat(off.headers().firstValue("content-encoding")).isEmpty();
    }

    /** Whatever it was, the client gets its answer, and its place among those that wait to be allowed is free again. */
    @Test
    void answersAHandshakeWhenTheApplicationFailsWithAnError() throws Exception {
        stop();
        server = TestServer.start(ServerOptions.builder().maxSessions(1).build(),
                HttpOptions.builder().allowRequest(handshake -> {
                    if (handshake.parameter("fail").isPresent()) {
                        throw new ExceptionInInitializerError("as asked");
                    }
                    return Optional.empty();
                }).build());
        peer = new Peer(server);
        for (int i = 0; i < 2; i++) {
            var refused = peer.sendAsync("GET", "?" + Peer.POLLING + "&fail=1", "").get(60, TimeUnit.SECONDS);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        }
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(200);
    }

    @Test
    void setsNoCookieUnlessTold() throws Exception {
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").headers().allValues("set-cookie")).isEmpty();
    }

    @Test
    void setsACookieOnTheHandshakeOnly() throws Exception {
        restart(HttpOptions.builder().cookie(SessionCookie.defaults()).build());
        var answer = peer.send("GET", "?" + Peer.POLLING, "");
        String sid = answer.body().substring(9, answer.body().indexOf('"', 9));
        assertThat(answer.headers().allValues("set-cookie"))
                .containsExactly("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(peer.post(sid, "40").headers().allValues("set-cookie")).isEmpty();
        var full = SessionCookie.defaults()
                .withName("stick")
                .withPath("/chat")
                .withHttpOnly(false)
                .withSecure(true)
                .withSameSite(SessionCookie.SameSite.NONE)
                .withMaxAge(Duration.ofHours(1));
        restart(HttpOptions.builder().cookie(full).build());
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").headers().firstValue("set-cookie").orElseThrow())
                .matches("stick=0_[\\w-]{24}; Max-Age=3600; Path=/chat; Secure; SameSite=None");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "", "a b", "a\r\nX: y"})
    void takesNoCookieNameThatWouldAddToTheHeader(String name) {
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionCookie.defaults().withName(name));
    }

    @Test
    void asksTheApplicationWhetherASessionMayOpen() throws Exception {
        restart(HttpOptions.builder().allowRequest(handshake -> {
            if (handshake.parameter("fail").isPresent()) {
                throw new IllegalStateException("as asked");
            }
            return handshake.header("x-key").isPresent() ? Optional.empty() : Optional.of("no \"key\"");
        }).build());
        var refused = peer.send("GET", "?" + Peer.POLLING, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"no \\\"key\\\"\"}");
        assertThat(server.nextNews()).isEqualTo("refused 4: the application does not allow it");
        assertThat(peer.send("GET", "?" + Peer.POLLING + "&fail=1", "", "X-Key", "1").body())
                .isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        Assertions.assertThatThrownBy(() -> peer.frames(Peer.WEBSOCKET))
                .isInstanceOf(CompletionException.class);
        var allowed = peer.send("GET", "?" + Peer.POLLING, "", "X-Key", "1");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(peer.frames(Peer.WEBSOCKET, "X-Key", "1").next()).startsWith("0{");
        // Asked once for a session, not for each of its requests.
        String sid = allowed.body().substring(9, allowed.body().indexOf('"', 9));
        assertThat(peer.post(sid, "40").statusCode()).isEqualTo(200);
    }

    @Test
    void letsTheApplicationAddHeaders() throws Exception {
        restart(HttpOptions.builder()
                .onInitialHeaders((headers, request) -> headers.set("X-First", "1"))
                .onHeaders((headers, request) -> headers.set("X-Each", request.method().name()))
                .build());
        var first = peer.send("GET", "?" + Peer.POLLING, "");
        assertThat(first.headers().firstValue("x-first")).contains("1");
        assertThat(first.headers().firstValue("x-each")).contains("GET");
        String sid = first.body().substring(9, first.body().indexOf('"', 9));
        var second = peer.post(sid, "40");
        assertThat(second.headers().firstValue("x-first")).isEmpty();
        assertThat(second.headers().firstValue("x-each")).contains("POST");
        assertThat(peer.send("GET", "?EIO=4", "").headers().firstValue("x-each")).contains("GET");
    }

    @Test
    void answersWhenWhatTheApplicationAddedFails() throws Exception {
        var cors = CorsOptions.builder().allowOrigin(origin -> {
            throw new IllegalStateException("as asked");
        });
        restart(cors.build(),
                HttpOptions.builder()
                        .onHeaders((headers, request) -> fail(request, "each"))
                        .onInitialHeaders((headers, request) -> fail(request, "first"))
                        .build());
        String query = "?" + Peer.POLLING;
        assertThat(peer.send("GET", query, "", "X-Fail", "each").statusCode()).isEqualTo(500);
        assertThat(peer.send("GET", query, "", "X-Fail", "first").statusCode()).isEqualTo(500);
        assertThat(peer.send("GET", query, "", "Origin", "https://a.example").statusCode()).isEqualTo(403);
        assertThat(peer.handshake()).isNotEmpty();
        assertThat(server.io.sessions()).isEqualTo(1);
    }

    private static void fail(HttpServerRequest request, String where) {
        if (where.equals(request.getHeader("X-Fail"))) {
            throw new IllegalStateException("as asked");
        }
    }

    @Test
    void runsRequestMiddlewareInOrder() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        restart(HttpOptions.builder().use((request, next) -> {
            seen.add("one " + request.method().name());
            Thread.ofVirtual().start(next);
        }).use((request, next) -> {
            seen.add("two " + request.method().name());
            if (request.getHeader("X-Stop") != null) {
                request.response().setStatusCode(418).end("stopped");
            } else if (request.getHeader("X-Throw") != null) {
                throw new IllegalStateException("as asked");
            } else {
                next.run();
                next.run();
            }
        }).build());
        String sid = peer.handshake();
        assertThat(seen).containsExactly("one GET", "two GET");
        assertThat(peer.post(sid, "40").body()).isEqualTo("ok");
        assertThat(peer.poll(sid).body()).startsWith("40{");
        assertThat(peer.post(sid, LONG).body()).isEqualTo("ok");
        assertThat(peer.send("POST", "?" + Peer.POLLING + "&sid=" + sid, LONG, "X-Stop", "1").statusCode())
                .isEqualTo(418);
        assertThat(peer.send("POST", "?" + Peer.POLLING + "&sid=" + sid, LONG, "X-Throw", "1").statusCode())
                .isEqualTo(500);
        assertThat(peer.poll(sid).body()).isEqualTo(LONG);
        var frames = peer.joinFrames();
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
    }

    @Test
    void takesThePathWithoutItsSlashOnlyWhenTold() throws Exception {
        String bare = "/socket.io?" + Peer.POLLING;
        assertThat(peer.get(bare).statusCode()).isEqualTo(404);
        restart(HttpOptions.builder().addTrailingSlash(false).build());
        assertThat(peer.get(bare).statusCode()).isEqualTo(200);
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").statusCode()).isEqualTo(200);
    }

    @Test
    void allowsOriginsByPattern() throws Exception {
        var own = Pattern.compile("https://[a-z]+\\.friend\\.example").asMatchPredicate();
        restart(CorsOptions.builder().allowOrigin(own).build(), HttpOptions.defaults());
        var friend = peer.send("GET", "?" + Peer.POLLING, "", "Origin", "https://a.friend.example");
        assertThat(friend.statusCode()).isEqualTo(200);
        assertThat(friend.headers().firstValue("access-control-allow-origin"))
                .contains("https://a.friend.example");
        assertThat(peer.send("GET", "?" + Peer.POLLING, "", "Origin", "https://a.friend.example.evil")
                .statusCode()).isEqualTo(403);
    }

    private void restart(HttpOptions http) {
        restart(CorsOptions.defaults(), http);
    }

    private void restart(CorsOptions cors, HttpOptions http) {
        stop();
        server = TestServer.start(ServerOptions.builder().cors(cors).build(), http);
        peer = new Peer(server);
    }

    private static String plain(byte[] body, String coding) throws Exception {
        var raw = new ByteArrayInputStream(body);
        try (InputStream in = coding == null ? raw
                : coding.equals("gzip") ? new GZIPInputStream(raw) : new InflaterInputStream(raw)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
