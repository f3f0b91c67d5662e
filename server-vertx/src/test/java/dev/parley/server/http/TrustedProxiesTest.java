package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies some = TrustedProxies
            .of(List.of("loopback", "10.0.0.0/8", "203.0.113.7", "fc00::/7"));

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"10.1.2.3; 198.51.100.1; 198.51.100.1", // a proxy's word
            "198.51.100.9; 198.51.100.1; 198.51.100.9", // anybody's
            "10.1.2.3; 1.2.3.4, 198.51.100.1; 198.51.100.1", // a client that lied to a proxy
            "10.1.2.3; 1.2.3.4, 198.51.100.1, 203.0.113.7; 198.51.100.1", // two proxies
            "127.0.0.1; 10.9.9.9, 10.8.8.8; 10.9.9.9", // all trusted: the first
            "::1; 2001:db8::1; 2001:db8::1", "fd00::5; [2001:db8::1]:4711; 2001:db8::1",
            "10.1.2.3; 198.51.100.1:4711; 198.51.100.1", "10.1.2.3; ::ffff:198.51.100.1; 198.51.100.1",
            "10.1.2.3; unknown; 10.1.2.3", "10.1.2.3; 198.51.100.1, <script>; 10.1.2.3",
            "10.1.2.3; 198.51.100.1,; 10.1.2.3", "11.1.2.3; 198.51.100.1; 11.1.2.3"})
    void trustsOnlyTheEndOfTheForwardingChain(String peer, String header, String client) {
        assertThat(some.client(peer, header)).isEqualTo(client);
    }

    @Test
    void trustsNoProxyByDefault() {
        assertThat(TrustedProxies.NONE.client("127.0.0.1", "198.51.100.1")).isEqualTo("127.0.0.1");
        assertThat(some.client("10.1.2.3", "")).isEqualTo("10.1.2.3");
    }

    @Test
    void doesNotReadAHeaderWithoutEnd() {
        assertThat(some.client("10.1.2.3", "198.51.100.1,".repeat(1_000) + "198.51.100.1"))
                .isEqualTo("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "", "fc00::/129", "*"})
    void refusesWhatIsNoAddress(String name) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\" is no address");
    }
}
