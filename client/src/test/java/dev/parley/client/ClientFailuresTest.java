package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EngineHandshake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFailuresTest {
    @Test
    void handshakeWithHeartbeatIsUsable() {
        var handshake = EngineHandshake.parse("{\"sid\":\"a\",\"pingInterval\":1,\"pingTimeout\":1}");
        assertThat(ClientFailures.of(handshake)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sid\":\"a\"}", "{\"sid\":\"a\",\"pingInterval\":0,\"pingTimeout\":1}",
            "{\"sid\":\"a\",\"pingInterval\":1}"})
    void handshakeWithoutHeartbeatIsRejected(String json) {
        assertThat(ClientFailures.of(EngineHandshake.parse(json))).hasValueSatisfying(
                fault -> assertThat(fault).hasMessageStartingWith("The server's handshake lacks"));
    }
}
