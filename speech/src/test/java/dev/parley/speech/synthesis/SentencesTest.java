package dev.parley.speech.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {

    @Test
    void cutsAfterEachSentence() {
        assertThat(Sentences.of("It is ten o'clock.  Shall I wait? Yes! Good"))
                .containsExactly("It is ten o'clock.", "Shall I wait?", "Yes!", "Good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pi is about 3.14 or so.", "Dr. Who met Mr. J. Smith.", "It is 9 p.m. in Tokyo.",
            "Use e.g. a pen.", "See example.org for it."})
    void leavesOneSentenceWhole(String sentence) {
        assertThat(Sentences.of(sentence)).containsExactly(sentence);
    }

    @Test
    void leavesOutWhatCannotBeSaid() {
        assertThat(Sentences.of(" ... \n !? \n ")).isEmpty();
        assertThat(Sentences.of("")).isEmpty();
    }

    @Test
    void cutsALongSentenceAtACommaOrASpace() {
        String clause = "this goes on and on for quite some time, ";
        String words = "word ".repeat(100);

        for (String text : new String[]{clause.repeat(12), words, "x".repeat(500)}) {
            assertThat(Sentences.of(text)).isNotEmpty()
                    .allMatch(part -> part.length() <= Sentences.MAX_LENGTH);
            assertThat(letters(Sentences.of(text).stream())).isEqualTo(letters(Stream.of(text)));
        }
        assertThat(Sentences.of(clause.repeat(12)).getFirst()).endsWith(",");
    }

    private static String letters(Stream<String> texts) {
        return String.join("", texts.toList()).replaceAll("[^a-z]", "");
    }
}
