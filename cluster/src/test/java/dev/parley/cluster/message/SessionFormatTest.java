package dev.parley.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.adapter.PersistedSession;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sessions of clients as Redis keeps them. */
class SessionFormatTest {
    private final SessionFormat format = new SessionFormat("/", 10_000, MessageLimits.defaults());

    private static String packed(String json) {
        return Base64.getEncoder().encodeToString(MessagePackWriter.write(Values.own(json)));
    }

    @Test
    void aSessionIsReadAsItWasWritten() {
        var session = new PersistedSession("sid", "pid", Set.of("sid", "red"), Map.of("name", "Ann"));
        assertThat(format.decode("pid", format.encode(session).orElseThrow())).contains(session);
    }

    @Test
    void aSessionOfNodeIsOfTheRootNamespace() {
        String text = packed("""
                {"sid": "s_-1", "pid": "p", "rooms": ["s_-1", 7], "data": {"a": null, "b": [true]}}""");
        var session = format.decode("p", text).orElseThrow();
        assertThat(session.rooms()).containsExactlyInAnyOrder("s_-1", "7");
        assertThat(session.data()).containsOnlyKeys("b");
        assertThat(new SessionFormat("/admin", 10_000, MessageLimits.defaults()).decode("p", text)).isEmpty();
    }

    @Test
    void dataThatThrowsIsLeftOut() {
        var throwing = new AbstractMap<String, Object>() {
            @Override
            public Set<Map.Entry<String, Object>> entrySet() {
                throw new IllegalStateException("no entries");
            }

            @Override
            public boolean isEmpty() {
                throw new IllegalStateException("neither empty nor not");
            }
        };
        var session = new PersistedSession("s", "p", Set.of(), Map.of("strange", throwing, "name", "Ann"));
        assertThat(format.decode("p", format.encode(session).orElseThrow()).orElseThrow().data())
                .containsOnly(Map.entry("name", "Ann"));
    }

    @Test
    void otherValuesAreNoSessions() {
        assertThat(format.decode("p", "no base64!")).isEmpty();
        assertThat(
                format.decode("p", Base64.getEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
        assertThat(format.decode("p", packed("[1]"))).isEmpty();
        assertThat(format.decode("p", packed("{\"sid\": \"s\", \"pid\": \"other\"}"))).isEmpty();
        assertThat(format.decode("p", packed("{\"sid\": \"a\\\"b\", \"pid\": \"p\"}"))).isEmpty();
        assertThat(format.decode("p", packed("{\"sid\": 1.5, \"pid\": \"p\"}"))).isEmpty();
        assertThat(format.decode("p", packed("{\"sid\": \"s\", \"pid\": \"p\", \"rooms\": {}}"))).isEmpty();
        assertThat(format.decode("p", packed("{\"sid\": \"s\", \"pid\": \"p\", \"data\": 5}"))
                .orElseThrow()
                .data()).isEmpty();
    }

    @Test
    void tooLargeSessionIsNeitherWrittenNorRead() {
        var session = new PersistedSession("s", "p", Set.of(), Map.of("text", "x".repeat(10_000)));
        assertThat(format.encode(session)).isEmpty();
        String text = new SessionFormat("/", 100_000, MessageLimits.defaults()).encode(session).orElseThrow();
        assertThat(format.decode("p", text)).isEmpty();
    }
}
