package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflateTest {
    private final MessageDeflate deflate = new MessageDeflate();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 8_191, 8_192, 8_193, 20_000, 300_000})
    void givesBackWhatWasCompressed(int length) {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        assertThat(deflate.inflate(deflate.compress(message), length)).isEqualTo(message);
        byte[] text = "abc ".repeat(length / 4).getBytes(StandardCharsets.US_ASCII);
        assertThat(deflate.inflate(deflate.compress(text), length)).isEqualTo(text);
    }

    /** RFC 7692, section 7.2.3: plain, without compression, with a final block, in two blocks. */
    @ParameterizedTest
    @ValueSource(strings = {"f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000",
            "f24805000000ffffcac9c90700"})
    void readsTheExamplesOfTheStandard(String hex) {
        assertThat(deflate.inflate(HexFormat.of().parseHex(hex), 5))
                .isEqualTo("Hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(deflate.inflate(HexFormat.of().parseHex(hex), 4)).isNull();
    }

    @Test
    void writesTheExampleOfTheStandard() {
        assertThat(HexFormat.of().formatHex(deflate.compress("Hello".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("f248cdc9c90700");
    }

    @Test
    void refusesWhatNoCompressorWrote() {
        assertThat(deflate.inflate(new byte[]{(byte) 0xff, 1, 2, 3}, 1000)).isNull();
        assertThat(deflate.inflate(deflate.compress(new byte[10]), 10)).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"permessage-deflate | true",
            "permessage-deflate; client_max_window_bits | true",
            "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits=10 | true",
            "permessage-deflate; server_max_window_bits=10, permessage-deflate | true",
            "permessage-deflate; server_max_window_bits=10 | false", "permessage-deflate; whatever | false",
            "x-webkit-deflate-frame | false", " | false"})
    void agreesToWhatItCanDo(String offers, boolean agreed) {
        assertThat(MessageDeflate.agree(offers)).isEqualTo(
                agreed ? "permessage-deflate; server_no_context_takeover; client_no_context_takeover" : null);
    }
}
