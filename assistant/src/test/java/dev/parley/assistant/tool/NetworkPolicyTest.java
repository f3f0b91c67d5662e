package dev.parley.assistant.tool;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests literal addresses only, so that no name service is asked. */
class NetworkPolicyTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://169.254.1.2",
            "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://[::ffff:169.254.169.254]/",
            "http://[64:ff9b::a9fe:a9fe]/", "http://100.100.100.200/", "http://168.63.129.16/",
            "http://[fd20:ce::254]/"})
    void metadataAndLinkLocalAddressesAreNotReached(String address) {
        assertThatThrownBy(() -> NetworkPolicy.GUARDED.require(URI.create(address)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("allow-link-local")
                .hasMessageNotContaining("169.254");
        assertThatCode(() -> new NetworkPolicy(true).require(URI.create(address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/mcp", "http://10.0.0.5/", "http://[fd00::5]/",
            "https://192.0.2.7/", "http://[64:ff9b::c000:207]/"})
    void otherAddressesAreReached(String address) {
        assertThatCode(() -> NetworkPolicy.GUARDED.require(URI.create(address))).doesNotThrowAnyException();
    }

    @Test
    void oneForbiddenAddressOfANameIsEnough() throws Exception {
        var mixed = List.of(InetAddress.getByName("192.0.2.7"), InetAddress.getByName("169.254.169.254"));

        assertThatThrownBy(() -> NetworkPolicy.GUARDED.require(mixed)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NetworkPolicy.GUARDED.require(URI.create("file:/etc/passwd")))
                .isInstanceOf(IOException.class);
    }
}
