package dev.parley.doctor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void givenHostReplacesTheAddress() {
        assertThat(sent(Request.get("/").with(Map.of("host", "talk.example.org"))))
                .isEqualTo("GET / HTTP/1.1\r\nhost: talk.example.org\r\n\r\n");
        assertThat(sent(Request.get("/"))).isEqualTo("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }

    @Test
    void givenCookiesAreJoinedWithServerCookies() {
        assertThat(sent(Request.get("/").with("Cookie", "AWSALB=x").with(Map.of("Cookie", "session=y"))))
                .contains("\r\nCookie: session=y; AWSALB=x\r\n");
    }

    @Test
    void otherGivenHeaderIsSentOnce() {
        assertThat(sent(Request.get("/").with("User-Agent", "ours").with(Map.of("user-agent", "theirs"))))
                .contains("\r\nuser-agent: theirs\r\n")
                .doesNotContain("ours");
    }

    private static String sent(Request request) {
        return new String(request.bytes("127.0.0.1"), StandardCharsets.UTF_8);
    }
}
