package dev.parley.calls.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTokensTest {

    private static final String OLD = "the old secret of at least 32 bytes";
    private static final String NEW = "the new secret of at least 32 bytes";

    private final ResumeTokens tokens = ResumeTokens.signed(List.of(NEW, OLD));

    @Test
    void tokenOfAnotherServerIsGenuine() {
        String made = ResumeTokens.signed(List.of(NEW)).make();

        assertThat(tokens.isGenuine(made)).isTrue();
        assertThat(tokens.make()).isNotEqualTo(made).hasSize(made.length()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void tokensOutliveTheExchangeOfSecrets() {
        assertThat(tokens.isGenuine(ResumeTokens.signed(List.of(OLD)).make())).isTrue();
        assertThat(ResumeTokens.signed(List.of(OLD)).isGenuine(tokens.make())).isFalse();
    }

    @Test
    void unsignedTokenIsNotGenuine() {
        assertThat(tokens.isGenuine(ResumeTokens.unsigned().make())).isFalse();
        assertThat(ResumeTokens.unsigned().isGenuine(tokens.make())).isFalse();
    }

    @Test
    void changedTokenIsNotGenuine() {
        String made = tokens.make();
        for (int at = 0; at < made.length() - 1; at++) {
            char other = made.charAt(at) == 'x' ? 'y' : 'x';
            assertThat(tokens.isGenuine(made.substring(0, at) + other + made.substring(at + 1)))
                    .as("at %d", at)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "AAAA", "%%%%", "é"})
    void textsOfAnyKindAreNotGenuine(String text) {
        assertThat(tokens.isGenuine(text)).isFalse();
        assertThat(tokens.isGenuine(text.repeat(10_000))).isFalse();
    }
}
