package dev.parley.doctor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateExtensionTest {
    private static final int LIMIT = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", "permessage-deflate; client_max_window_bits=15",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"})
    void messagesComeBackAsTheyWere(String agreement) throws WireException {
        var client = agreed(agreement).orElseThrow();
        var server = agreed(agreement).orElseThrow();

        for (String text : List.of("40/chat,", "", "x".repeat(70_000), "40/chat,")) {
            byte[] sent = text.getBytes(StandardCharsets.UTF_8);
            assertThat(server.inflate(client.deflate(sent), LIMIT)).isEqualTo(sent);
        }
    }

    @Test
    void withoutAgreementThereIsNone() {
        assertThat(agreed("")).isEmpty();
        assertThat(agreed("x-webkit-deflate-frame")).isEmpty();
    }

    @Test
    void smallWindowOfTheClientMeansNoCompression() {
        assertThat(agreed("permessage-deflate; client_max_window_bits=10").orElseThrow().compresses())
                .isFalse();
        assertThat(agreed("permessage-deflate").orElseThrow().compresses()).isTrue();
    }

    @Test
    void changedDataAndBombsAreRefused() {
        var deflate = agreed("permessage-deflate").orElseThrow();

        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> deflate.inflate(new byte[]{(byte) 0xff, 1, 2, 3}, LIMIT))
                .satisfies(e -> assertThat(e.failure().detail())
                        .isEqualTo("compressed data cannot be inflated"));
        byte[] bomb = agreed("permessage-deflate").orElseThrow().deflate(new byte[LIMIT + 1]);
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> agreed("permessage-deflate").orElseThrow().inflate(bomb, LIMIT))
                .satisfies(e -> assertThat(e.failure().detail()).isEqualTo("a message is too large"));
    }

    private static Optional<DeflateExtension> agreed(String value) {
        var headers = value.isEmpty() ? HttpHeaders.NONE
                : new HttpHeaders(List.of(new HttpHeaders.Header("Sec-WebSocket-Extensions", value)));
        return DeflateExtension.agreed(new Response(101, headers, new byte[0], Duration.ZERO, Duration.ZERO));
    }
}
