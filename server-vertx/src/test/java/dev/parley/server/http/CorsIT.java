package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.CorsOptions;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CORS headers that pages of other origins get: each setting, on preflights, answers and refusals. */
class CorsIT {
    private static final String FRIEND = "https://friend.example";
    private TestServer server = TestServer
            .start(ServerOptions.builder().allowedOrigins(Set.of(FRIEND)).build());
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void tellsAPreflightWhatIsSet() throws Exception {
        restart(CorsOptions.builder()
                .methods("GET", "POST", "PUT")
                .allowedHeaders("X-Key", "X-Other")
                .maxAge(Duration.ofHours(1))
                .preflightStatus(200));
        var answer = preflight("x-anything");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(FRIEND);
        assertThat(header(answer, "access-control-allow-methods")).isEqualTo("GET,POST,PUT");
        assertThat(header(answer, "access-control-allow-headers")).isEqualTo("X-Key,X-Other");
        assertThat(header(answer, "access-control-max-age")).isEqualTo("3600");
    }

    @Test
    void letsAPageSendWhatItAsksForWhenNoHeaderIsNamed() throws Exception {
        restart(CorsOptions.builder().allowedHeaders());
        var answer = preflight("x-one,x-two");
        assertThat(header(answer, "access-control-allow-headers")).isEqualTo("x-one,x-two");
        assertThat(answer.headers().allValues("vary")).contains("Access-Control-Request-Headers");
        assertThat(header(preflight(""), "access-control-allow-headers")).isEmpty();
    }

    @Test
    void exposesHeadersOnAnswersAndOnRefusals() throws Exception {
        restart(CorsOptions.builder().exposedHeaders("X-Served-By", "X-Id"));
        for (String query : new String[]{"?" + Peer.POLLING, "?EIO=4&transport=pigeon"}) {
            var answer = peer.send("GET", query, "", "Origin", FRIEND);
            assertThat(header(answer, "access-control-expose-headers")).isEqualTo("X-Served-By,X-Id");
            assertThat(header(answer, "access-control-allow-origin")).isEqualTo(FRIEND);
        }
        var stranger = peer.send("GET", "?" + Peer.POLLING, "", "Origin", "https://stranger.example");
        assertThat(header(stranger, "access-control-expose-headers")).isEmpty();
    }

    @Test
    void pageOfAnotherSiteOpensNoSessionWithoutItsOrigin() throws Exception {
        String handshake = "?" + Peer.POLLING;
        assertThat(peer.send("GET", handshake, "", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(peer.send("GET", handshake, "", "Sec-Fetch-Site", "cross-site", "Referer",
                "https://stranger.example/page").statusCode()).isEqualTo(403);
        assertThat(peer.send("GET", handshake, "", "Sec-Fetch-Site", "cross-site", "Referer", FRIEND + "/")
                .statusCode()).isEqualTo(200);
        assertThat(peer.send("GET", handshake, "", "Sec-Fetch-Site", "cross-site", "Origin", FRIEND)
                .statusCode()).isEqualTo(200);
        for (String site : List.of("same-origin", "same-site", "none")) {
            assertThat(peer.send("GET", handshake, "", "Sec-Fetch-Site", site).statusCode()).as(site)
                    .isEqualTo(200);
        }
    }

    @Test
    void refusalNamesThePageAndTheHostOfItsRequest() throws Exception {
        List<String> refusals = new CopyOnWriteArrayList<>();
        server.io.addListener(new ServerListener() {
            @Override
            public void refused(Refusal refusal) {
                refusals.add(refusal.why() + ", " + refusal.origin() + ", " + refusal.host());
            }
        });
        var answer = peer.send("GET", "?" + Peer.POLLING, "", "Origin", "http://127.0.0.1:8080");
        assertThat(refusals).containsExactly(ServerListener.Refusal.WRONG_ORIGIN
                + ", http://127.0.0.1:8080, 127.0.0.1:" + answer.uri().getPort());
    }

    @Test
    void allowsCredentialsWhenTold() throws Exception {
        assertThat(header(preflight(""), "access-control-allow-credentials")).isEmpty();
        restart(CorsOptions.builder().credentials(true));
        assertThat(header(preflight(""), "access-control-allow-credentials")).isEqualTo("true");
    }

    @Test
    void asksTheApplicationAboutEachRequest() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        restart(CorsOptions.builder().rule((origin, request) -> {
            asked.add(request.url() + " " + origin);
            if (request.header("x-throw").isPresent()) {
                throw new IllegalStateException("as asked");
            }
            // A tenant's pages may, whichever they are, and get what is set for it.
            return request.parameter("tenant")
                    .map(tenant -> CorsOptions.builder()
                            .credentials(tenant.equals("a"))
                            .exposedHeaders("X-" + tenant)
                            .build());
        }));
        String some = "https://some.example";
        var first = peer.send("GET", "?" + Peer.POLLING + "&tenant=a", "", "Origin", some);
        assertThat(header(first, "access-control-allow-origin")).isEqualTo(some);
        assertThat(header(first, "access-control-expose-headers")).isEqualTo("X-a");
        assertThat(header(first, "access-control-allow-credentials")).isEqualTo("true");
        var second = peer.send("OPTIONS", "?" + Peer.POLLING + "&tenant=b", "", "Origin", some);
        assertThat(header(second, "access-control-expose-headers")).isEqualTo("X-b");
        assertThat(header(second, "access-control-allow-credentials")).isEmpty();
        assertThat(asked).containsExactly("/socket.io/?" + Peer.POLLING + "&tenant=a " + some,
                "/socket.io/?" + Peer.POLLING + "&tenant=b " + some);
        // It alone decides: what is allowed otherwise is not asked, and our own pages are no strangers.
        for (String[] headers : new String[][]{{"Origin", FRIEND}, {"Origin", some, "X-Throw", "1"}}) {
            var refused = peer.send("GET", "?" + Peer.POLLING, "", headers);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(header(refused, "access-control-allow-origin")).isEmpty();
        }
        assertThat(peer.send("GET", "?" + Peer.POLLING, "", "Origin", server.url()).statusCode())
                .isEqualTo(200);
        assertThatThrownBy(() -> peer.frames(Peer.WEBSOCKET, "Origin", some))
                .isInstanceOf(CompletionException.class);
        assertThat(peer.frames(Peer.WEBSOCKET + "&tenant=a", "Origin", some).next()).startsWith("0{");
    }

    @Test
    void leavesPreflightsToTheApplicationWhenTold() throws Exception {
        var cors = CorsOptions.builder().allowedOrigins(FRIEND).preflightContinue(true).preflightStatus(200);
        restart(cors, HttpOptions.builder().use((request, next) -> {
            if (request.getHeader("Access-Control-Request-Headers") == null) {
                next.run();
            } else {
                request.response().setStatusCode(202).end("the application");
            }
        }).build());
        var answered = preflight("x-own");
        assertThat(answered.statusCode()).isEqualTo(202);
        assertThat(answered.body()).isEqualTo("the application");
        assertThat(header(answered, "access-control-allow-origin")).isEqualTo(FRIEND);
        assertThat(header(answered, "access-control-allow-methods")).isEqualTo("GET,POST,OPTIONS");
        var passedOn = preflight("");
        assertThat(passedOn.statusCode()).isEqualTo(200);
        assertThat(header(passedOn, "access-control-allow-methods")).isEqualTo("GET,POST,OPTIONS");
        // A stranger's goes nowhere.
        var stranger = peer.send("OPTIONS", "?" + Peer.POLLING, "", "Origin", "https://stranger.example",
                "Access-Control-Request-Headers", "x-own");
        assertThat(stranger.statusCode()).isEqualTo(200);
        assertThat(stranger.body()).isEmpty();
        assertThat(header(stranger, "access-control-allow-methods")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a,b", "a\r\nX-Evil: 1"})
    void takesNoNameThatWouldAddToTheHeader(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> CorsOptions.builder().exposedHeaders(name));
        assertThatIllegalArgumentException().isThrownBy(() -> CorsOptions.builder().methods(name));
    }

    private HttpResponse<String> preflight(String wanted) throws Exception {
        return wanted.isEmpty() ? peer.send("OPTIONS", "?" + Peer.POLLING, "", "Origin", FRIEND)
                : peer.send("OPTIONS", "?" + Peer.POLLING, "", "Origin", FRIEND,
                        "Access-Control-Request-Headers", wanted);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private void restart(CorsOptions.Builder cors) {
        restart(cors.allowedOrigins(FRIEND), HttpOptions.defaults());
    }

    private void restart(CorsOptions.Builder cors, HttpOptions http) {
        stop();
        server = TestServer.start(ServerOptions.builder().cors(cors.build()).build(), http);
        peer = new Peer(server);
    }
}
