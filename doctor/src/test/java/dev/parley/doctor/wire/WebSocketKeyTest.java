package dev.parley.doctor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Response;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebSocketKeyTest {

    @Test
    void eachRequestHasAKeyOfSixteenRandomBytes() {
        String one = key(WebSocketConnection.request("/", true));
        String other = key(WebSocketConnection.request("/", true));

        assertThat(one).isNotEqualTo(other);
        assertThat(Base64.getDecoder().decode(one)).hasSize(16);
    }

    /** The example of RFC 6455, section 1.3. */
    @Test
    void onlyTheProofOfTheOwnKeyIsAccepted() {
        var sample = Request.get("/").with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        var response = new Response(101,
                new HttpHeaders(List
                        .of(new HttpHeaders.Header("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))),
                new byte[0], Duration.ZERO, Duration.ZERO);

        assertThat(WebSocketConnection.accepted(sample, response)).isTrue();
        assertThat(WebSocketConnection.accepted(WebSocketConnection.request("/", true), response)).isFalse();
    }

    private static String key(Request request) {
        return request.headers()
                .stream()
                .filter(header -> header.getKey().equals("Sec-WebSocket-Key"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }
}
