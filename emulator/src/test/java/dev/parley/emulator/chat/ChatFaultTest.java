package dev.parley.emulator.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatFaultTest {

    @Test
    void aStatusMayHaveATimeOfRetry() {
        var fault = ChatFault.parse("http-429:2#1");

        assertThat(fault.kind()).isEqualTo(ChatFault.Kind.STATUS);
        assertThat(fault.status()).isEqualTo(429);
        assertThat(fault.retryAfter()).isEqualTo("2");
        assertThat(fault.hits(1)).isTrue();
        assertThat(fault.hits(2)).isFalse();
        assertThat(ChatFault.parse("http-503").retryAfter()).isEmpty();
    }

    @Test
    void aFaultWithoutARequestHitsEach() {
        assertThat(ChatFault.parse("no-usage").hits(7)).isTrue();
    }

    @Test
    void piecesBeforeTheFaultHaveADefault() {
        assertThat(ChatFault.parse("cut").pieces()).isEqualTo(3);
        assertThat(ChatFault.parse("stall:0").pieces()).isZero();
        assertThat(ChatFault.parse("redirect:http://127.0.0.1:1/v1").detail())
                .isEqualTo("http://127.0.0.1:1/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "boom", "http-200", "http-4290", "cut:many", "stall:", "stall#x"})
    void unknownFaultIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> ChatFault.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\"");
    }
}
