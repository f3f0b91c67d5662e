package dev.parley.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

class LayoutTest {

    private final LoggingEvent event = new LoggingEvent("test",
            new LoggerContext().getLogger("dev.parley.Some"), Level.INFO, "request", null, new Object[0]);

    LayoutTest() {
        event.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
    }

    @Test
    void jsonLayoutWritesOneObjectPerLine() {
        event.setKeyValuePairs(List.of(new KeyValuePair("path", "/a\"\n"), new KeyValuePair("status", 200),
                new KeyValuePair("ms", 3L), new KeyValuePair("live", true), new KeyValuePair("none", null)));

        String line = started(new JsonLayout(true)).doLayout(event);

        assertThat(line).endsWith("}\n").hasLineCount(1);
        assertThat(new JsonMapper().readTree(line)).isEqualTo(new JsonMapper().readTree(
                """
                        {"time":"2026-01-02T03:04:05.006Z","level":"info","logger":"dev.parley.Some","message":"request",
                         "path":"/a\\"\\n","status":200,"ms":3,"live":true,"none":"null"}"""));
    }

    @Test
    void textLayoutWritesOneReadableLine() {
        event.setKeyValuePairs(List.of(new KeyValuePair("path", "/a b"), new KeyValuePair("status", 200)));

        assertThat(started(new TextLayout(true)).doLayout(event))
                .matches("\\d\\d:\\d\\d:05\\.006  request path=\"/a b\" status=200\n");
    }

    @Test
    void longValuesAreCut() {
        event.setKeyValuePairs(List.of(new KeyValuePair("origin", "https://" + "a".repeat(7_000))));

        assertThat(started(new TextLayout(true)).doLayout(event)).hasSizeLessThan(300)
                .contains("aaa... (7008 characters)");
        assertThat(started(new JsonLayout(true)).doLayout(event)).hasSizeLessThan(400);
    }

    @Test
    void controlCharactersCannotForgeALine() {
        event.setKeyValuePairs(List.of(new KeyValuePair("path", "/\n12:00:00 forged\u001b[2J")));

        assertThat(started(new TextLayout(true)).doLayout(event)).hasLineCount(1).doesNotContain("\u001b");
    }

    @Test
    void exceptionIsFollowedByItsStackTrace() {
        event.setThrowableProxy(
                new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("broken")));

        assertThat(started(new TextLayout(true)).doLayout(event)).contains("IllegalStateException: broken")
                .contains("at ");
        assertThat(new JsonMapper().readTree(started(new JsonLayout(true)).doLayout(event))
                .path("exception")
                .stringValue()).contains("IllegalStateException: broken");
    }

    @Test
    void exceptionMessagesAreOmittedWithoutLogContent() {
        var cause = new IllegalArgumentException("For input string: \"my secret\"");
        cause.addSuppressed(new IllegalStateException("my secret too"));
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(
                new IllegalStateException("could not read my secret", cause)));

        for (String line : List.of(new TextLayout(false).doLayout(event),
                new JsonLayout(false).doLayout(event))) {
            assertThat(line).doesNotContain("secret")
                    .contains("IllegalStateException", "IllegalArgumentException", "LayoutTest.java",
                            "Suppressed");
        }
    }

    private static <L extends ch.qos.logback.core.Layout<?>> L started(L layout) {
        layout.start();
        return layout;
    }
}
