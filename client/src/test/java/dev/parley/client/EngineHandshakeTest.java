package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineHandshakeTest {

    @Test
    void readsAllFields() {
        var handshake = EngineHandshake
                .parse("""
                        {"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":60000,"maxPayload":100}""");
        assertThat(handshake.sid()).isEqualTo("abc");
        assertThat(handshake.upgrades()).containsExactly("websocket");
        assertThat(handshake.maxSilence()).isEqualTo(Duration.ofSeconds(85));
        assertThat(handshake.maxPayload()).isEqualTo(100);
    }

    @Test
    void maxPayloadDefaultsToAMegabyte() {
        var handshake = EngineHandshake.parse("{\"sid\":\"abc\",\"pingInterval\":1,\"pingTimeout\":1}");
        assertThat(handshake.maxPayload()).isEqualTo(1_000_000);
        assertThat(handshake.upgrades()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"sid\":\"a\"}",
            "{\"sid\":\"a\",\"pingInterval\":0,\"pingTimeout\":1}"})
    void rejectsMalformedHandshakes(String json) {
        assertThatThrownBy(() -> EngineHandshake.parse(json)).isInstanceOf(ClientException.class)
                .hasMessageStartingWith("The server's handshake");
    }
}
