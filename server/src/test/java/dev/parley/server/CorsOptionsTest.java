package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CorsOptionsTest {
    @ParameterizedTest
    @CsvSource({"https://a.example/, https://a.example", "HTTPS://A.example, https://a.example",
            "https://a.example:443, https://a.example", "http://a.example:80/, http://a.example",
            "http://a.example:443, http://a.example:443", "http://localhost:5173, http://localhost:5173",
            "' https://a.example ', https://a.example", "http://[::1]:3000, http://[::1]:3000",
            "capacitor://localhost, capacitor://localhost", "https://a.example:0443, https://a.example"})
    void anOriginHasOneSpelling(String text, String origin) {
        assertThat(CorsOptions.builder().allowedOrigins(text).build().allowedOrigins())
                .containsExactly(origin);
        assertThat(ServerOptions.builder().allowedOrigins(Set.of(text)).build().allowedOrigins())
                .containsExactly(origin);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "b.example | allowedOrigins: \"b.example\" has no scheme; write \"https://b.example\"",
            "localhost:5173 | allowedOrigins: \"localhost:5173\" has no scheme; write \"https://localhost:5173\"",
            "* | allowedOrigins: \"*\" would let any page act for its visitor; name the origins",
            "https://*.a.example | allowedOrigins: \"https://*.a.example\" is a pattern; use allowOrigin for those",
            "null | allowedOrigins: \"null\" would let any sandboxed page in; use allowOrigin if that is meant",
            "https://a.example:99999 | allowedOrigins: \"https://a.example:99999\" has a port above 65535"})
    void whatIsNoOriginIsRefusedWithASentence(String text, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> CorsOptions.builder().allowedOrigins(text))
                .withMessage(why);
    }

    @ParameterizedTest
    @CsvSource({"https://a.example/x", "https://", "https://a@b", "'https://a, https://b'", "''",
            "https://a?b", "//a.example", "https://a.example//"})
    void anythingButAnOriginIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CorsOptions.builder().allowedOrigins(text))
                .withMessageStartingWith("allowedOrigins: \"" + text + "\" is not an origin");
    }

    static Stream<Arguments> faults() {
        var none = Duration.ZERO;
        return Stream.of(fault("methods", () -> CorsOptions.builder().methods("a b")),
                fault("allowedHeaders", () -> CorsOptions.builder().allowedHeaders("")),
                fault("exposedHeaders", () -> CorsOptions.builder().exposedHeaders("a,b")),
                fault("maxAge", () -> CorsOptions.builder().maxAge(Duration.ofSeconds(-1))),
                fault("preflightStatus", () -> CorsOptions.builder().preflightStatus(201)),
                fault("path", () -> ServerOptions.builder().path("//").build()),
                fault("transports", () -> ServerOptions.builder().transports(List.of()).build()),
                fault("pingInterval", () -> ServerOptions.builder().pingInterval(none).build()),
                fault("pingTimeout", () -> ServerOptions.builder().pingTimeout(none).build()),
                fault("upgradeTimeout", () -> ServerOptions.builder().upgradeTimeout(none).build()),
                fault("connectTimeout", () -> ServerOptions.builder().connectTimeout(none).build()),
                fault("ackTimeout", () -> ServerOptions.builder().ackTimeout(none).build()),
                fault("slowHandler", () -> ServerOptions.builder().slowHandler(none).build()),
                fault("maxHttpBufferSize", () -> ServerOptions.builder().maxHttpBufferSize(0).build()),
                fault("maxQueuedBytes", () -> ServerOptions.builder().maxQueuedBytes(0).build()),
                fault("maxSessions", () -> ServerOptions.builder().maxSessions(0).build()),
                fault("maxPacketsPerPayload", () -> ServerOptions.builder().maxPacketsPerPayload(0).build()),
                fault("maxAttachments", () -> ServerOptions.builder().maxAttachments(-1).build()),
                fault("maxJsonDepth", () -> ServerOptions.builder().maxJsonDepth(0).build()),
                fault("maxPendingAcks", () -> ServerOptions.builder().maxPendingAcks(0).build()),
                fault("maxPendingEvents", () -> ServerOptions.builder().maxPendingEvents(0).build()),
                fault("maxRoomsPerSocket", () -> ServerOptions.builder().maxRoomsPerSocket(0).build()),
                fault("maxNamespaces", () -> ServerOptions.builder().maxNamespaces(0).build()),
                fault("nodeTag", () -> ServerOptions.builder().nodeTag("a b").build()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aRefusedValueNamesItsOption(String option, Runnable setting) {
        assertThatIllegalArgumentException().isThrownBy(setting::run).withMessageStartingWith(option + " ");
    }

    @Test
    void toBuilderKeepsWhatIsSet() {
        var all = CorsOptions.builder()
                .allowedOrigins("https://a.example")
                .credentials(true)
                .preflightStatus(200);
        var copy = all.build().toBuilder().maxAge(Duration.ofHours(1)).build();
        assertThat(copy.allowedOrigins()).containsExactly("https://a.example");
        assertThat(copy.credentials()).isTrue();
        assertThat(copy.preflightStatus()).isEqualTo(200);
        assertThat(CorsOptions.defaults().credentials()).isFalse();
    }

    private static Arguments fault(String option, Runnable setting) {
        return Arguments.of(option, setting);
    }
}
