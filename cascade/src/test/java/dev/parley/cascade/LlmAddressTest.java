package dev.parley.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmAddressTest {

    @ParameterizedTest
    @CsvSource({"ollama:llama3.2:3b, http://127.0.0.1:11434/v1, llama3.2:3b",
            "openai:gpt-4o-mini, https://api.openai.com/v1, gpt-4o-mini",
            "http://127.0.0.1:8080/v1#local, http://127.0.0.1:8080/v1, local",
            "https://llm.example.com/api/v2/#org/model:tag#x, https://llm.example.com/api/v2, org/model:tag#x",
            "http://[::1]:8080#m, http://[::1]:8080, m"})
    void prefixOrUrlNamesTheService(String text, String base, String model) {
        var address = LlmAddress.parse(text);

        assertThat(address.base()).hasToString(base);
        assertThat(address.model()).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "llama3", "ollama:", "ollama: ", "nobody:model", "http://127.0.0.1/v1",
            "http://#m", "http:///v1#m", "https://user:pass@example.com#m", "https://example.com/v1?x=1#m",
            "https://exa mple.com#m", "ftp://example.com#m", ":m"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> LlmAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyIsSafeOverTlsAndWithinTheMachine() {
        assertThat(LlmAddress.parse("http://example.com/v1#m").isSafeForKey()).isFalse();
        assertThat(LlmAddress.parse("https://example.com/v1#m").isSafeForKey()).isTrue();
        assertThat(LlmAddress.parse("http://localhost:1/v1#m").isSafeForKey()).isTrue();
        assertThat(LlmAddress.parse("http://[::1]:1/v1#m").isSafeForKey()).isTrue();
        assertThat(LlmAddress.parse("http://127.0.0.1.example.com/v1#m").isSafeForKey()).isFalse();
        assertThat(LlmAddress.parse("http://localhost.example.com/v1#m").isSafeForKey()).isFalse();
    }

    @Test
    void modelOnThisMachineIsNotPaidFor() {
        assertThat(LlmAddress.parse("ollama:m").isLoopback()).isTrue();
        assertThat(LlmAddress.parse("http://10.0.0.5:11434/v1#m").isLoopback()).isFalse();
        assertThat(LlmAddress.parse("openai:m").needsKey()).isTrue();
    }
}
