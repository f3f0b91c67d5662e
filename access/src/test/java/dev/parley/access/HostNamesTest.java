package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private final HostNames local = HostNames.of(List.of(), true);

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost.", "127.0.0.1", "192.0.2.7", "[::1]",
            "[2001:db8::7]", "[::ffff:192.0.2.7]"})
    void addressesAndLocalhostAreAccepted(String host) {
        assertThat(local.accepts(host)).isTrue();
        assertThat(HostNames.of(List.of("https://talk.example"), true).accepts(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "::1",
            "[::1", "[g::1]", "[1]", "127.0.0.1x", "1.2.3.4.5", "[127.0.0.1.evil]", "talk.example.evil"})
    void foreignNameIsRefused(String host) {
        assertThat(local.accepts(host)).isFalse();
        assertThat(HostNames.of(List.of("https://talk.example"), false).accepts(host)).isFalse();
    }

    @Test
    void publicUrlNamesItsHostOnly() {
        var names = HostNames.of(List.of("https://talk.example", "http://other.example:8080"), false);

        assertThat(names.accepts("Talk.Example.")).isTrue();
        assertThat(names.accepts("other.example")).isTrue();
        assertThat(names.accepts("example")).isFalse();
        assertThat(names.acceptsAny()).isFalse();
    }

    @Test
    void serverOnOtherInterfacesAcceptsAnyName() {
        var names = HostNames.of(List.of(), false);

        assertThat(names.acceptsAny()).isTrue();
        assertThat(names.accepts("evil.example")).isTrue();
        assertThat(names.accepts("")).isTrue();
    }
}
