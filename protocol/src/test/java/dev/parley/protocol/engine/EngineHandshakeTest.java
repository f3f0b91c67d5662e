package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.MalformedPacketException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineHandshakeTest {
    private static final String JSON = "{\"sid\":\"abc\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
            + "\"pingTimeout\":60000,\"maxPayload\":100}";

    @Test
    void readsAllFields() {
        var handshake = EngineHandshake.parse(JSON);
        assertThat(handshake).isEqualTo(new EngineHandshake("abc", List.of("websocket"),
                Duration.ofSeconds(25), Duration.ofSeconds(60), OptionalLong.of(100)));
        assertThat(handshake.maxSilence()).isEqualTo(Duration.ofSeconds(85));
        assertThat(handshake.offersWebSocket()).isTrue();
    }

    @Test
    void writesWhatItReads() {
        assertThat(EngineHandshake.parse(JSON).json()).isEqualTo(JSON);
        String bare = "{\"sid\":\"a\\\"b\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":2}";
        assertThat(EngineHandshake.parse(bare).json()).isEqualTo(bare);
    }

    @Test
    void missingFieldsAreNotAnnounced() {
        var handshake = EngineHandshake.parse("{\"sid\":\"abc\"}");
        assertThat(handshake.maxSilence()).isZero();
        assertThat(handshake.maxPayload()).isEmpty();
        assertThat(handshake.upgrades()).isEmpty();
    }

    @Test
    void fieldsOfOtherTypesAreSkipped() {
        var handshake = EngineHandshake.parse(
                "{\"x\":{\"sid\":\"no\"},\"upgrades\":[1,[\"no\"],\"websocket\"],\"pingInterval\":{\"a\":[1]},"
                        + "\"maxPayload\":-1,\"pingTimeout\":\"7\",\"sid\":\"abc\"}");
        assertThat(handshake).isEqualTo(new EngineHandshake("abc", List.of("websocket"), Duration.ZERO,
                Duration.ofMillis(7), OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"sid\":\"\"}", "{\"sid\":1}", "{\"sid\":[\"a\"]}",
            "{\"sid\":\"a\"}2", "{\"sid\":\"a\",\"upgrades\":[\"websocket\"", "<html>"})
    void rejectsMalformedHandshakes(String json) {
        assertThatThrownBy(() -> EngineHandshake.parse(json)).isInstanceOf(MalformedPacketException.class);
    }
}
