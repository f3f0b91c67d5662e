package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.http.HttpOptions;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455, section 4.2.2: at most one of those that the client offers. */
class SubprotocolsTest {
    private static final String HEADER = "Sec-WebSocket-Protocol";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"chat | chat", "chat, superchat | chat",
            " a.b/c , v1.json | v1.json", ",, x , y | x", "bad token, good | good", "\u00e9, good | good",
            "a\u0000, good | good", "\"quoted\", good | good"})
    void echoesTheFirstThatIsAToken(String offered, String chosen) {
        assertThat(choose(HttpOptions.defaults().subprotocol(), offered)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"''", "' , '", "a b", "(x)"})
    void namesNoneWhenNoneIsOffered(String offered) {
        Function<List<String>, Optional<String>> never = all -> {
            throw new IllegalStateException("asked for nothing");
        };
        assertThat(choose(never, offered)).isNull();
    }

    @Test
    void echoesNothingThatWouldBeAHeader() {
        assertThat(choose(HttpOptions.defaults().subprotocol(), "a\r\nSet-Cookie: b=c, good"))
                .isEqualTo("good");
    }

    @Test
    void readsSeveralLinesAsOneList() {
        assertThat(choose(offered -> Optional.of(String.join("", offered).equals("abc") ? "c" : "a"), "a, b",
                "c, a")).isEqualTo("c");
    }

    @Test
    void letsTheApplicationChoose() {
        var options = HttpOptions.builder()
                .subprotocol(offered -> offered.stream().filter("v2"::equals).findFirst())
                .build();
        assertThat(choose(options.subprotocol(), "v1, v2")).isEqualTo("v2");
        assertThat(choose(options.subprotocol(), "v1")).isNull();
    }

    @Test
    void namesNoneThatWasNotOffered() {
        assertThat(choose(offered -> Optional.of("other"), "chat")).isNull();
        assertThat(choose(offered -> Optional.of("chat\r\nSet-Cookie: a=b"), "chat")).isNull();
    }

    @Test
    void namesNoneWhenTheRuleFails() {
        assertThat(choose(offered -> {
            throw new IllegalStateException("for this test");
        }, "chat")).isNull();
        assertThat(choose(offered -> {
            throw new AssertionError("for this test");
        }, "chat")).isNull();
    }

    private static @Nullable String choose(Function<List<String>, Optional<String>> rule, String... lines) {
        var request = MultiMap.caseInsensitiveMultiMap();
        for (String line : lines) {
            request.add(HEADER, line);
        }
        var response = MultiMap.caseInsensitiveMultiMap();
        new Subprotocols(rule).choose(request, response);
        return response.get(HEADER);
    }
}
