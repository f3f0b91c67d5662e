package dev.parley.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.LogId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The offsets that clients send back. */
class OffsetTest {
    @ParameterizedTest
    @ValueSource(strings = {"1700000000000-0", "0-1", "18446744073709551615-18446744073709551615",
            "1700000000000-3+0123456789abcdef:42"})
    void isReadAsItWasWritten(String text) {
        assertThat(Offset.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1", "1-", "-1", "1-1+", "1-1+a", "1-1+a:", "1-1+a:x", "1-1+a:-1",
            " 1-1", "1-1\n", "18446744073709551616-0", "1-1+a:1234567890123456789",
            "1-1+a:1+b:1+c:1+d:1+e:1+f:1+g:1+h:1+i:1"})
    void otherTextsAreNone(String text) {
        assertThat(Offset.parse(text)).isEmpty();
    }

    @Test
    void includesTheBroadcastsThatWereAhead() {
        var offset = new Offset(new LogId(1, 1), Map.of("a", 5L)).with("b", 2);
        assertThat(offset.includes("a", 5)).isTrue();
        assertThat(offset.includes("a", 6)).isFalse();
        assertThat(offset.includes("b", 2)).isTrue();
        assertThat(offset.includes("c", 1)).isFalse();
        assertThat(offset.includes("a", 0)).as("not counted by its sender").isFalse();
        assertThat(Offset.parse(offset.text())).contains(offset);
    }

    @Test
    void idsAreComparedAsUnsignedNumbers() {
        assertThat(LogId.parse("18446744073709551615-0").orElseThrow().isAfter(new LogId(1, 9))).isTrue();
        assertThat(new LogId(1, 2).isAfter(new LogId(1, 2))).isFalse();
    }
}
