package dev.parley.server.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a.example | a.example | -1", "A.Example:443 | a.example | 443",
            "a.example. | a.example | -1", "a.example.:80 | a.example | 80", "a.example: | a.example | -1",
            "127.0.0.1:3000 | 127.0.0.1 | 3000", "[::1] | [::1] | -1", "[0:0::1]:8080 | [::1] | 8080",
            "[2001:DB8::1] | [2001:db8::1] | -1", "a_b-c | a_b-c | -1", "a%20b | a%20b | -1", "'' | '' | -1"})
    void readsHostAndPort(String text, String host, int port) {
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a@b", "a:x", "a:65536", "a:-1", "a:1:2", "[::1", "[::1]x",
            "[fe80::1%25eth0]", "[a.example]", "[]", "::1", ":80", "a\u0000", "a%2", "a\\b", "a\"",
            "ä.example", "a:+1", "a:٣"})
    void refusesWhatIsNone(String text) {
        assertThat(Authority.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"https://a.example:443 | https://a.example",
            "HTTPS://A.example | https://a.example", "http://a.example:443 | http://a.example:443",
            "http://a.example:80 | http://a.example", "https://[::1]:3000 | https://[::1]:3000"})
    void anOriginHasOneSpelling(String text, String origin) {
        assertThat(WebOrigin.parse(text)).hasToString(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "a.example", "https://", "https://a.example/", "ftp://a.example",
            "https://a@b.example", "https://a.example, https://b.example", "://a", "https://:80"})
    void anythingElseIsNoOrigin(String text) {
        assertThat(WebOrigin.parse(text)).isNull();
    }
}
