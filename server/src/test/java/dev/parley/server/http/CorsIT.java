package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.server.ServerOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins are told: each setting, on preflights, answers and refusals. */
class CorsIT {
    private static final String FRIEND = "https://friend.example";
    private TestServer server = start(CorsOptions.defaults());
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void tellsAPreflightWhatIsSet() throws Exception {
        restart(CorsOptions.defaults()
                .withMethods("GET", "POST", "PUT")
                .withAllowedHeaders("X-Key", "X-Other")
                .withMaxAge(Duration.ofHours(1))
                .withPreflightStatus(200));
        var answer = preflight("x-anything");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(FRIEND);
        assertThat(header(answer, "access-control-allow-methods")).isEqualTo("GET,POST,PUT");
        assertThat(header(answer, "access-control-allow-headers")).isEqualTo("X-Key,X-Other");
        assertThat(header(answer, "access-control-max-age")).isEqualTo("3600");
    }

    @Test
    void letsAPageSendWhatItAsksForWhenNoHeaderIsNamed() throws Exception {
        restart(CorsOptions.defaults().withAllowedHeaders());
        var answer = preflight("x-one,x-two");
        assertThat(header(answer, "access-control-allow-headers")).isEqualTo("x-one,x-two");
        assertThat(answer.headers().allValues("vary")).contains("Access-Control-Request-Headers");
        assertThat(header(preflight(""), "access-control-allow-headers")).isEmpty();
    }

    @Test
    void exposesHeadersOnAnswersAndOnRefusals() throws Exception {
        restart(CorsOptions.defaults().withExposedHeaders("X-Served-By", "X-Id"));
        for (String query : new String[]{"?" + Peer.POLLING, "?EIO=4&transport=pigeon"}) {
            var answer = peer.send("GET", query, "", "Origin", FRIEND);
            assertThat(header(answer, "access-control-expose-headers")).isEqualTo("X-Served-By,X-Id");
            assertThat(header(answer, "access-control-allow-origin")).isEqualTo(FRIEND);
        }
        var stranger = peer.send("GET", "?" + Peer.POLLING, "", "Origin", "https://stranger.example");
        assertThat(header(stranger, "access-control-expose-headers")).isEmpty();
    }

    @Test
    void leavesCredentialsOutWhenTold() throws Exception {
        assertThat(header(preflight(""), "access-control-allow-credentials")).isEqualTo("true");
        restart(CorsOptions.defaults().withCredentials(false));
        assertThat(header(preflight(""), "access-control-allow-credentials")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a,b", "a\r\nX-Evil: 1"})
    void takesNoNameThatWouldAddToTheHeader(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorsOptions.defaults().withExposedHeaders(name));
        assertThatIllegalArgumentException().isThrownBy(() -> CorsOptions.defaults().withMethods(name));
    }

    private HttpResponse<String> preflight(String wanted) throws Exception {
        return wanted.isEmpty() ? peer.send("OPTIONS", "?" + Peer.POLLING, "", "Origin", FRIEND)
                : peer.send("OPTIONS", "?" + Peer.POLLING, "", "Origin", FRIEND,
                        "Access-Control-Request-Headers", wanted);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static TestServer start(CorsOptions cors) {
        return TestServer.start(ServerOptions.builder().allowedOrigins(Set.of(FRIEND)).build(),
                HttpOptions.builder().cors(cors).build());
    }

    private void restart(CorsOptions cors) {
        stop();
        server = start(cors);
        peer = new Peer(server);
    }
}
