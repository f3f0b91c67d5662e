package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.http.node.NodeSignature;
import dev.parley.testing.RedisServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sees of a session when it asks another server than the owner. Needs the program redis-server. */
@Tag("real-time")
@ParameterizedClass
@EnumSource(AnyNodeIT.Way.class)
class ForeignRequestIT {
    private static final String SECRET = "a secret of the tests, which is long enough";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RedisServer redis;

    @Parameter
    AnyNodeIT.Way way = AnyNodeIT.Way.DIRECT;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String prefix = "foreign" + COUNT.incrementAndGet();
    private ParleyNode owner;
    private ParleyNode other;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @BeforeEach
    void start() {
        owner = node("owner");
        other = node("other");
    }

    private ParleyNode node(String name) {
        return node(name, 10_000);
    }

    private ParleyNode node(String name, int maxSessions) {
        var options = ParleyNode.options().prefix(prefix).secrets(SECRET);
        if (way == AnyNodeIT.Way.DIRECT) {
            options.nodeAddress("127.0.0.1:0").nodeListener("127.0.0.1:0");
        }
        var node = new ParleyNode(redis.url(), options.build(), name,
                ServerOptions.builder()
                        .allowEIO3(true)
                        .maxSessions(maxSessions)
                        .pingInterval(Duration.ofMinutes(10))
                        .allowedOrigins(Set.of("https://page.example"))
                        .build());
        node.io.onConnection(ForeignRequestIT::serve);
        return node;
    }

    @AfterEach
    void stop() {
        other.close();
        owner.close();
        http.close();
    }

    private static void serve(Socket socket) {
        socket.on("echo", event -> socket.emit("echoed", event.text(0)));
        socket.on("big", event -> socket.emit("is", "x".repeat(event.as(0, Integer.class))));
        socket.on("bytes", event -> socket.emit("are", new byte[]{1, 2, -1}));
    }

    /** One request, whose response is to be the same on both ways. */
    private record Step(String method, String query, String body, String... headers) {}

    @Test
    void responsesAreThoseOfTheOwner() throws Exception {
        var steps = List.of(new Step("POST", "", "40"), new Step("GET", "", ""),
                new Step("POST", "", "42[\"big\",3000]"),
                new Step("GET", "", "", "Accept-Encoding", "gzip", "Origin", "https://page.example"),
                new Step("POST", "", "42[\"echo\",\"ünï 😀\"]", "Origin", "https://page.example"),
                new Step("GET", "", ""), new Step("POST", "", "42[\"big\",300000]"), new Step("GET", "", ""),
                new Step("POST", "", "42[\"bytes\"]"), new Step("GET", "", ""),
                new Step("POST", "", "42[\"echo\",\"" + "x".repeat(100_000) + "\"]"), new Step("GET", "", ""),
                new Step("OPTIONS", "", "", "Origin", "https://page.example"),
                new Step("GET", "&x=1", "", "Origin", "https://stranger.example"), new Step("PUT", "", "x"),
                new Step("GET", "&j=x", ""), new Step("POST", "", "x".repeat(1_100_000)),
                new Step("POST", "", "nonsense"), new Step("GET", "", ""), new Step("POST", "", "3"),
                new Step("GET", "", ""));
        var direct = play("EIO=4", owner.url(), steps);
        var foreign = play("EIO=4", other.url(), steps);
        assertThat(foreign).hasSameSizeAs(direct);
        for (int i = 0; i < direct.size(); i++) {
            assertThat(foreign.get(i)).as("step %d", i).isEqualTo(direct.get(i));
        }
        assertThat(direct.get(3)).contains("content-encoding=[gzip]").contains("access-control-allow-origin");
        assertThat(direct.get(7)).hasSizeGreaterThan(300_000);
        assertThat(direct.getLast()).startsWith("400").contains("Session ID unknown");
    }

    @Test
    void oldClientsAndScriptsAreServed() throws Exception {
        // The first poll takes what is there already, so that the second has the event alone, however late it comes.
        var steps = List.of(new Step("GET", "&j=2", ""),
                new Step("POST", "&j=3", "d=11%3A42%5B%22bytes%22%5D", "Content-Type",
                        "application/x-www-form-urlencoded"),
                new Step("GET", "&j=4", ""), new Step("GET", "&j=nonsense", ""));
        assertThat(play("EIO=3", other.url(), steps)).isEqualTo(play("EIO=3", owner.url(), steps));
    }

    private List<String> play(String revision, URI way, List<Step> steps) throws Exception {
        String sid = open(revision);
        var log = new ArrayList<String>();
        for (Step step : steps) {
            var builder = HttpRequest
                    .newBuilder(way.resolve(
                            "/socket.io/?" + revision + "&transport=polling&sid=" + sid + step.query()))
                    .timeout(LONG)
                    .method(step.method(), step.body().isEmpty() ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(step.body()));
            if (step.headers().length > 0) {
                builder.headers(step.headers());
            }
            var response = http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            var headers = new TreeMap<>(response.headers().map());
            byte[] body = response.body();
            if (headers.containsKey("content-encoding")) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            log.add(response.statusCode() + " " + headers + " "
                    + new String(body, StandardCharsets.UTF_8).replaceAll("\"sid\":\"[^\"]*\"", "\"sid\""));
        }
        return log;
    }

    /** Opens a session at the owner. */
    private String open(String revision) throws Exception {
        String body = send("GET", owner.url(), "?" + revision + "&transport=polling", "").body();
        int start = body.indexOf("\"sid\":\"") + 7;
        return body.substring(start, body.indexOf('"', start));
    }

    private HttpResponse<String> send(String method, URI node, String query, String body) throws Exception {
        return sendAsync(method, node, query, body).get(60, TimeUnit.SECONDS);
    }

    private CompletableFuture<HttpResponse<String>> sendAsync(String method, URI node, String query,
            String body) {
        return http.sendAsync(HttpRequest.newBuilder(node.resolve("/socket.io/" + query))
                .method(method,
                        body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void cancelledPollEndsTheSessionAsAtTheOwner() throws Exception {
        var closed = new CompletableFuture<String>();
        owner.io.onConnection(socket -> socket.onDisconnect(reason -> closed.complete(reason)));
        String sid = open("EIO=4");
        send("POST", other.url(), "?EIO=4&transport=polling&sid=" + sid, "40");
        send("GET", other.url(), "?EIO=4&transport=polling&sid=" + sid, "");
        // Bytes on a connection of its own, so that it can be closed whatever a client would do.
        try (var raw = new java.net.Socket(InetAddress.getLoopbackAddress(), other.url().getPort())) {
            raw.getOutputStream()
                    .write(("GET /socket.io/?EIO=4&transport=polling&sid=" + sid
                            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            // Whenever the poll arrives: its connection is lost before or after, and either ends the session.
        }
        assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo("transport error");
    }

    @Test
    void whatIsNotSignedGetsNothing() throws Exception {
        var address = owner.cluster.membership().self().address();
        if (way == AnyNodeIT.Way.RELAYED) {
            assertThat(address).isEmpty();
            return;
        }
        String sid = open("EIO=4");
        var listener = URI.create("http://" + address.orElseThrow());
        for (String path : List.of("/", "/socket.io/?EIO=4&transport=polling",
                "/socket.io/?EIO=4&transport=polling&sid=" + sid, "/health")) {
            for (String signature : List.of("", "1;x;0;a;1;p;-;AAAA")) {
                var response = http.send(HttpRequest.newBuilder(listener.resolve(path))
                        .header("Parley-Node", signature)
                        .build(), HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(403);
                assertThat(response.body()).isEmpty();
            }
        }
        assertThat(owner.cluster.status().refusedSignatures()).isEqualTo(8);
        assertThat(owner.io.sessions()).isEqualTo(1);
    }

    @Test
    void whatIsSignedCannotBeChangedOrSentAgain() throws Exception {
        if (way == AnyNodeIT.Way.RELAYED) {
            return; // its listener is at a port of the loopback interface that nobody is told
        }
        String sid = open("EIO=4");
        String uri = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
        var target = URI.create("http://" + owner.cluster.membership().self().address().orElseThrow() + uri);
        var signature = new NodeSignature(List.of(SECRET.getBytes(StandardCharsets.UTF_8)));
        String tag = owner.cluster.membership().self().tag();
        String changed = signature.sign("POST", uri, fields(tag, 1, "40"));
        assertThat(post(target, changed, "41")).isEqualTo(403);
        String right = signature.sign("POST", uri, fields(tag, 2, "40"));
        assertThat(post(target, right, "40")).isEqualTo(200);
        assertThat(post(target, right, "40")).isEqualTo(403);
        assertThat(post(target, signature.sign("POST", uri, fields("other", 3, "40")), "40")).isEqualTo(421);
        assertThat(owner.cluster.status().refusedSignatures()).isEqualTo(1);
        assertThat(owner.io.sessions()).isEqualTo(1);
    }

    private static NodeSignature.Fields fields(String tag, long number, String body) {
        return new NodeSignature.Fields(tag, System.currentTimeMillis(), "test", number, "", false,
                NodeSignature.hash(body.getBytes(StandardCharsets.UTF_8)));
    }

    private int post(URI target, String signature, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(target)
                .header("Parley-Node", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void hostileSessionIdsAreUnknown() throws Exception {
        for (String sid : List.of("nobody_012345678901234567890123", "x", "..%2F_012345678901234567890",
                owner.cluster.membership().self().tag() + "_012345678901234567890123")) {
            var response = send("GET", other.url(), "?EIO=4&transport=polling&sid=" + sid, "");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
        }
    }

    @Test
    void sessionsOfADepartedServerEndWithoutError() throws Exception {
        String sid = open("EIO=4");
        String old = open("EIO=3");
        owner.close();
        for (int i = 0; i < 3; i++) {
            String query = "&transport=polling&sid=";
            assertClosed(send("GET", other.url(), "?EIO=4" + query + sid, ""), "1");
            assertClosed(send("POST", other.url(), "?EIO=4" + query + sid, "42[\"echo\",1]"), "1");
            assertClosed(send("GET", other.url(), "?EIO=3" + query + old, ""), "1:1");
        }
        assertThat(frames("?EIO=4&transport=websocket&sid=" + sid).get(60, TimeUnit.SECONDS))
                .isEqualTo("closed 1000");
        owner = node("next");
    }

    private static void assertClosed(HttpResponse<String> response, String body) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
    }

    /** Opens a WebSocket at the other server; completes with its first message, or how it was closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // the returned future has the outcome
    private CompletableFuture<String> frames(String query) {
        var first = new CompletableFuture<String>();
        http.newWebSocketBuilder()
                .buildAsync(URI.create(other.url().toString().replace("http", "ws") + "/socket.io/" + query),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket webSocket, CharSequence data,
                                    boolean last) {
                                first.complete(data.toString());
                                webSocket.request(1);
                                return CompletableFuture.completedFuture(null);
                            }

                            @Override
                            public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                                first.complete("closed " + code);
                                return CompletableFuture.completedFuture(null);
                            }

                            @Override
                            public void onError(WebSocket webSocket, Throwable error) {
                                first.completeExceptionally(error);
                            }
                        })
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        first.completeExceptionally(failure);
                    }
                });
        return first;
    }

    @Test
    void forwardedHandshakeIsThatOfTheClient() throws Exception {
        var headers = new CompletableFuture<Map<String, String>>();
        owner.io.onConnection(socket -> headers.complete(socket.handshake().headers()));
        other.io.drain(Duration.ZERO, Duration.ofMillis(1), socket -> false);
        String body = send("GET", other.url(), "?EIO=4&transport=polling", "").body();
        int start = body.indexOf("\"sid\":\"") + 7;
        String sid = body.substring(start, body.indexOf('"', start));
        send("POST", owner.url(), "?EIO=4&transport=polling&sid=" + sid, "40");
        assertThat(headers.get(60, TimeUnit.SECONDS)).doesNotContainKey("parley-node")
                .containsEntry("host", "127.0.0.1:" + other.url().getPort());
    }

    @Test
    void handshakesOfADrainingServerGoToAnother() throws Exception {
        other.io.drain(Duration.ZERO, Duration.ofMillis(1), socket -> false);
        var response = send("GET", other.url(), "?EIO=4&transport=polling&x=1", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"sid\":\"" + owner.cluster.membership().self().tag() + "_");
        assertThat(frames("?EIO=4&transport=websocket").get(60, TimeUnit.SECONDS)).startsWith("0{")
                .contains(owner.cluster.membership().self().tag() + "_");
        assertThat(owner.io.sessions()).isEqualTo(2);
        assertThat(other.io.sessions()).isZero();
        owner.io.drain(Duration.ZERO, Duration.ofMillis(1), socket -> false);
        Awaitility.await().atMost(LONG).until(() -> {
            var refused = send("GET", other.url(), "?EIO=4&transport=polling", "");
            return refused.statusCode() == 503 && refused.headers().firstValue("Retry-After").isPresent();
        });
    }

    @Test
    void handshakesGoToANextServerWhenTheChosenOneIsFull() throws Exception {
        try (var full = node("full", 1)) {
            other.io.drain(Duration.ZERO, Duration.ofMillis(1), socket -> false);
            assertThat(send("GET", full.url(), "?EIO=4&transport=polling", "").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(LONG).until(() -> other.cluster.membership().members().size() == 3);
            String tag = owner.cluster.membership().self().tag();
            for (int i = 0; i < 8; i++) {
                var response = send("GET", other.url(), "?EIO=4&transport=polling", "");
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).contains("\"sid\":\"" + tag + "_");
                assertThat(frames("?EIO=4&transport=websocket").get(60, TimeUnit.SECONDS))
                        .contains(tag + "_");
            }
            assertThat(full.io.sessions()).isEqualTo(1);
        }
    }

    @Test
    void withoutRedisMembersAreReachedDirectlyAndOtherTagsUnknown() throws Exception {
        String sid = open("EIO=4");
        Awaitility.await().atMost(LONG).until(() -> other.cluster.membership().members().size() == 2);
        redis.kill();
        try {
            Awaitility.await().atMost(LONG).until(() -> !other.cluster.status().connected());
            var query = "?EIO=4&transport=polling&sid=";
            var post = send("POST", other.url(), query + sid, "40");
            if (way == AnyNodeIT.Way.DIRECT) {
                assertThat(post.body()).isEqualTo("ok");
                assertThat(send("GET", other.url(), query + sid, "").body()).startsWith("40{");
            } else {
                assertClosed(post, "1");
            }
            var unknown = send("GET", other.url(), query + "nobody_012345678901234567890123", "");
            assertThat(unknown.statusCode()).isEqualTo(400);
        } finally {
            redis.start();
        }
    }
}
