package dev.parley.speech.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PronounceableTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"plain text.|plain text.", "20 °C|twenty degrees Celsius",
            "café naïve|cafe naive", "“Yes” — it’s|Yes, it's", "3 × 4|three times four",
            "漢字 and 😀 more|and more", "ten€|ten euros", "ﬁne|fine", "Straße in Łódź|Strasse in Lodz",
            "At 10:30 am|At ten thirty A M"})
    void turnsTextIntoWhatFliteCanSay(String text, String said) {
        assertThat(Pronounceable.of(text)).isEqualTo(said);
    }
}
