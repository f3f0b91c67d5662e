package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.doctor.wire.ServerAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {

    @ParameterizedTest
    @CsvSource({"https://a.example, a.example, 443, true, /socket.io/",
            "http://a.example, a.example, 80, false, /socket.io/",
            "wss://a.example:8443, a.example, 8443, true, /socket.io/",
            "localhost:3000, localhost, 3000, false, /socket.io/",
            "https://a.example/socket.io/?EIO=4&transport=polling, a.example, 443, true, /socket.io/",
            "https://a.example/app/socket.io, a.example, 443, true, /app/socket.io",
            "https://a.example/a%20b/caf\u00e9, a.example, 443, true, /a%20b/caf%C3%A9",
            "http://[::1]:80/, ::1, 80, false, /socket.io/",
            "http://my_app:3000, my_app, 3000, false, /socket.io/", "my_app, my_app, 80, false, /socket.io/",
            "https://m\u00fcller.example/socket.io/, xn--mller-kva.example, 443, true, /socket.io/",
            "https://M\u00dcLLER.example:8443, xn--mller-kva.example, 8443, true, /socket.io/"})
    void commonFormsOfUrlsAreAccepted(String url, String host, int port, boolean tls, String path) {
        var target = TargetParser.read(typed(url, null, "/", null, null));

        assertThat(target.endpoint()).isEqualTo(new ServerAddress(host, port, tls));
        assertThat(target.path()).isEqualTo(path);
        assertThat(target.query()).isEmpty();
    }

    @Test
    void queryIsKeptWithoutEngineParameters() {
        var target = TargetParser.read(typed("http://a.example/?token=x%20y&EIO=3&b", null, "/", null, null));

        assertThat(target.query()).containsExactly("token=x%20y", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a.example", "http://", "https://user:pass@a.example", "http://a b", "",
            "http://a.example:99999", "http://a.example:0", "http://my_app:99999", "http://my_app:x",
            "http://my_app:", "http://a..\u00fc", "http://a_b!c"})
    void invalidAddressIsReported(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetParser.read(typed(url, null, "/", null, null)))
                .withMessageStartingWith("URL reads like https://talk.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:s3cret@a.example", "https://user:s3cret@a b",
            "ftp://a.example/?token=s3cret", "s3cret@a.example"})
    void invalidAddressIsReportedWithoutSecrets(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetParser.read(typed(url, null, "/", null, null)))
                .withMessageStartingWith("URL reads like https://talk.example.org")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"http://a.example/chat, /chat, /chat", "https://a.example/ws/, /ws, /ws/"})
    void pathMayBeNamespaceOrPath(String url, String namespace, String path) {
        var readings = TargetParser.readings(typed(url + "?token=x", null, "/", null, null));

        assertThat(readings.first().path()).isEqualTo("/socket.io/");
        assertThat(readings.first().namespace()).isEqualTo(namespace);
        assertThat(readings.other()).get().satisfies(other -> {
            assertThat(other.path()).isEqualTo(path);
            assertThat(other.namespace()).isEqualTo("/");
            assertThat(other.query()).containsExactly("token=x");
            assertThat(other.endpoint()).isEqualTo(readings.first().endpoint());
        });
    }

    @Test
    void pathBesideANamespaceIsThePath() {
        var readings = TargetParser.readings(typed("http://a.example/ws/", null, "/chat", null, null));

        assertThat(readings.other()).isEmpty();
        assertThat(readings.first().path()).isEqualTo("/ws/");
        assertThat(readings.first().namespace()).isEqualTo("/chat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", " https://a.example ", "'https://a.example'",
            "\"https://a.example\"", "<https://a.example>", "https:/a.example", "https//a.example",
            "HTTPS:///a.example", "\u201chttps://a.example\u201d"})
    void urlsAsPeopleHaveThemAreRead(String url) {
        var readings = TargetParser.readings(typed(url, null, "/", null, null));

        assertThat(readings.first().endpoint()).isEqualTo(new ServerAddress("a.example", 443, true));
        assertThat(readings.other()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"socket.io, /, , , --path starts with /", "/x y, /, , , --path starts with /",
            ", chat, , , --namespace starts with /", ", /, a.example, , --origin reads like",
            ", /, https://a.example/page, , --origin reads like", ", /, , token, --auth is a JSON object",
            ", /, , [1], --auth is a JSON object"})
    void wrongOptionIsNamed(@Nullable String path, String namespace, @Nullable String origin,
            @Nullable String auth, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetParser.read(typed("http://a.example", path, namespace, origin, auth)))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"'Connection: close', --header: Connection is set by the doctor",
            "'sec-websocket-key: x', --header: sec-websocket-key is set by the doctor",
            "'Origin: https://a.example', --header: give the origin with --origin"})
    void headersOfTheDoctorItselfAreRejected(String header, String message) {
        var typed = new TargetParser.Arguments("http://a.example", null, "/", List.of(header), null, null);

        assertThatIllegalArgumentException().isThrownBy(() -> TargetParser.read(typed)).withMessage(message);
    }

    @Test
    void repeatedHeaderKeepsBothValues() {
        var typed = new TargetParser.Arguments("http://a.example", null, "/",
                List.of("Cookie: a=1", "Cookie: b=2", "X-Any: c", "X-Any: d"), null, null);

        assertThat(TargetParser.read(typed).headers())
                .isEqualTo(Map.of("Cookie", "a=1; b=2", "X-Any", "c, d"));
    }

    @Test
    void wrongHeaderIsReportedWithoutItsValue() {
        var typed = new TargetParser.Arguments("http://a.example", null, "/", List.of("Bearer s3cret"), null,
                null);

        assertThatIllegalArgumentException().isThrownBy(() -> TargetParser.read(typed))
                .withMessageStartingWith("--header reads like")
                .withMessageNotContaining("s3cret");
    }

    private static TargetParser.Arguments typed(String url, @Nullable String path, String namespace,
            @Nullable String origin, @Nullable String auth) {
        return new TargetParser.Arguments(url, path, namespace, List.of(), origin, auth);
    }
}
