package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EngineError;
import dev.parley.server.ServerListener.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingOriginLogTest {
    private final MissingOriginLog log = new MissingOriginLog(Set.of(), () -> 8080);

    @ParameterizedTest
    @CsvSource({"http://localhost:8080, localhost:3001", "https://news.example, news.example:3001",
            "http://[::1]:8080, [::1]:3001", "http://news.example:5173, News.Example",
            "http://localhost:8080, 127.0.0.1:3001", "http://127.0.0.1:8080, ''"})
    void namesThePropertyForAPageOfTheOwnHost(String origin, String host) {
        assertThat(log.warning(refusal(origin, host))).hasValue(
                "parley.allowed-origins=" + origin + " is missing: the page of " + origin + " was refused.");
    }

    @ParameterizedTest
    @CsvSource({"http://stranger.example:8080, localhost:3001", "http://localhost:5173, news.example:3001",
            "null, localhost:3001", "'', localhost:3001", "http://localhost:8080/path, localhost:3001",
            "chrome-extension://localhost, localhost:3001"})
    void ignoresOtherPages(String origin, String host) {
        assertThat(log.warning(refusal(origin, host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://local\nhost:8080", "http://local host",
            "http://localhost:8080, http://b"})
    void ignoresWhatIsNoOrigin(String origin) {
        assertThat(log.warning(refusal(origin, origin.substring(7)))).isEmpty();
    }

    @Test
    void ignoresOtherRefusals() {
        var full = new Refusal(EngineError.FORBIDDEN, Refusal.FULL, "GET", "127.0.0.1",
                "http://localhost:8080", "localhost:3001");
        assertThat(log.warning(full)).isEmpty();
    }

    @Test
    void keepsTheOriginsThatAreAllowedAlready() {
        var two = new LinkedHashSet<>(List.of("https://a.example", "https://b.example"));
        assertThat(new MissingOriginLog(two, () -> -1).warning(refusal("http://c.example", "c.example:3001")))
                .hasValue("parley.allowed-origins=https://a.example,https://b.example,http://c.example"
                        + " is missing: the page of http://c.example was refused.");
    }

    @Test
    void logsAnOriginOnce() {
        assertThat(log.warning(refusal("http://localhost:8080", "localhost:3001"))).isPresent();
        assertThat(log.warning(refusal("http://LOCALHOST:8080", "localhost:3001"))).isEmpty();
    }

    @Test
    void logsALimitedNumberOfOrigins() {
        for (int i = 0; i < MissingOriginLog.MAX_ORIGINS; i++) {
            assertThat(log.warning(refusal("http://h" + i, "h" + i))).isPresent();
        }
        assertThat(log.warning(refusal("http://one.more", "one.more"))).isEmpty();
    }

    private static Refusal refusal(String origin, String host) {
        return new Refusal(EngineError.FORBIDDEN, Refusal.WRONG_ORIGIN, "GET", "127.0.0.1", origin, host);
    }
}
