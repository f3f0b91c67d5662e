package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineQueryTest {
    @Test
    void handshakeNamesRevisionAndTransport() {
        assertThat(EngineQuery.of(EngineRevision.V4, TransportKind.POLLING))
                .hasToString("EIO=4&transport=polling");
        assertThat(EngineQuery.of(EngineRevision.V3, TransportKind.WEBSOCKET))
                .hasToString("EIO=3&transport=websocket");
    }

    @Test
    void valuesAreEncodedInTheOrderOfTheCalls() {
        assertThat(EngineQuery.of(EngineRevision.V4, TransportKind.POLLING)
                .stamp("x1")
                .with("a b", "c&d")
                .withEncoded("token=e%20f")
                .sid("s+1")).hasToString("EIO=4&transport=polling&t=x1&a+b=c%26d&token=e%20f&sid=s%2B1");
    }
}
