package dev.parley.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "::ffff:192.0.2.1, 192.0.2.1", "2001:db8::1, 2001:db8:0:0:0:0:0:0/64",
            "2001:db8:0:0:ffff::9%eth0, 2001:db8:0:0:0:0:0:0/64", "2001:db8:0:1::1, 2001:db8:0:1:0:0:0:0/64",
            "no:address, no:address", "'', ''"})
    void networkOfAnAddress(String address, String network) {
        assertThat(ClientNetwork.of(address)).isEqualTo(network);
    }
}
