package dev.parley.speech.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PronounceableTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"plain text.|plain text.", "20 °C|20 degrees Celsius",
            "café naïve|cafe naive", "“Yes” — it’s|Yes , it's", "3 × 4|3 times 4", "漢字 and 😀 more|and more",
            "ten€|ten euros", "ﬁne|fine"})
    void turnsTextIntoWhatFliteCanSay(String text, String said) {
        assertThat(Pronounceable.of(text)).isEqualTo(said);
    }
}
