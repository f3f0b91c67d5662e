package dev.parley.speech.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoiningTest {

    @Test
    void joinsHalvesIntoOneSentence() {
        assertThat(Joining.join("Set a timer for.", "Ten seconds."))
                .isEqualTo("Set a timer for ten seconds.");
        assertThat(Joining.join("What is the weather in,", "Paris?"))
                .isEqualTo("What is the weather in Paris?");
        assertThat(Joining.join("...", "The end.")).isEqualTo(" the end.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"No, stop.", "Stop.", "Never mind.", "Hello?", "Sorry."})
    void refusalsContinueNothing(String rest) {
        assertThat(Joining.canContinue(rest)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ten seconds.", "in Paris", "", "Notes about it."})
    void otherWordsCanContinue(String rest) {
        assertThat(Joining.canContinue(rest)).isTrue();
    }
}
