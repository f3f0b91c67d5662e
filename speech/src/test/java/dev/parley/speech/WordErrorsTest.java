package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordErrorsTest {

    @Test
    void countWordsNotSigns() {
        assertThat(WordErrors.between("Press one to re-record.", "press 1 to rerecord")).isZero();
        assertThat(WordErrors.between("one two three", "one three four")).isEqualTo(2);
        assertThat(WordErrors.between("", "one")).isEqualTo(1);
    }
}
