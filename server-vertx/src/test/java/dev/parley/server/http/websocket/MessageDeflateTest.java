package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.engine.WebSocketViolation;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflateTest {
    private final MessageDeflate deflate = new MessageDeflate();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 8_191, 8_192, 8_193, 20_000, 300_000})
    void inflatesWhatItDeflated(int length) {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        assertThat(inflate(deflate.compress(message), length)).isEqualTo(message);
        byte[] text = "abc ".repeat(length / 4).getBytes(StandardCharsets.US_ASCII);
        assertThat(inflate(deflate.compress(text), length)).isEqualTo(text);
    }

    /** RFC 7692, section 7.2.3: plain, without compression, with a final block, in two blocks. */
    @ParameterizedTest
    @ValueSource(strings = {"f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000",
            "f24805000000ffffcac9c90700"})
    void readsTheExamplesOfTheStandard(String hex) {
        assertThat(inflate(HexFormat.of().parseHex(hex), 5))
                .isEqualTo("Hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(violation(HexFormat.of().parseHex(hex), 4))
                .isEqualTo(WebSocketViolation.INFLATED_TOO_LARGE);
    }

    @Test
    void writesTheExampleOfTheStandard() {
        assertThat(HexFormat.of().formatHex(deflate.compress("Hello".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("f248cdc9c90700");
    }

    @Test
    void refusesWhatNoCompressorWrote() {
        assertThat(violation(new byte[]{(byte) 0xff, 1, 2, 3}, 1000))
                .isEqualTo(WebSocketViolation.BAD_COMPRESSION);
        assertThat(inflate(deflate.compress(new byte[10]), 10)).hasSize(10);
    }

    private byte[] inflate(byte[] message, int max) {
        var inflated = deflate.inflate(message, max);
        assertThat(inflated.violation()).isNull();
        return inflated.message();
    }

    private @Nullable WebSocketViolation violation(byte[] message, int max) {
        return deflate.inflate(message, max).violation();
    }
}
