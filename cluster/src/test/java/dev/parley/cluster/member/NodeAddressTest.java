package dev.parley.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5:7100", "node-1.svc:0", "[fd00::5]:7100"})
    void readsWhatItWrites(String text) {
        assertThat(NodeAddress.parse(text)).hasToString(text);
    }

    @Test
    void keepsIpv6WithoutBrackets() {
        assertThat(NodeAddress.parse("[::1]:7")).isEqualTo(new NodeAddress("::1", 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host", "host:", ":80", "host:x", "host:65536", "host:-1", "a b:1",
            "http://host:80", "::1:80", "host:999999"})
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parse(text))
                .withMessageContaining("Use HOST:PORT");
    }
}
