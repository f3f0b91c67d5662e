package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static Address address(String url) {
        return Address.of(URI.create(url), ClientOptions.defaults());
    }

    @Test
    void buildsUrlsOfBothTransports() {
        assertThat(address("http://localhost:3000").webSocket())
                .hasToString("ws://localhost:3000/socket.io/?EIO=4&transport=websocket");
        assertThat(address("wss://example.com/").polling("a+b").toString())
                .startsWith("https://example.com/socket.io/?EIO=4&transport=polling&t=")
                .endsWith("&sid=a%2Bb");
        assertThat(address("HTTPS://[::1]:8443").page()).isEqualTo("https://[::1]:8443/socket.io/");
    }

    @Test
    void addsTheQueryOfTheOptions() {
        var options = ClientOptions.defaults().withQuery(Map.of("room", "a b&c")).withPath("/x/");
        assertThat(Address.of(URI.create("http://h"), options).webSocket())
                .hasToString("ws://h/x/?EIO=4&transport=websocket&room=a+b%26c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:3000", "ftp://h", "http:///x", "http://h/path",
            "http://h/?a=b", "/x"})
    void rejectsUrlsThatAreNoServer(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> address(url)).withMessageContaining(url);
    }
}
