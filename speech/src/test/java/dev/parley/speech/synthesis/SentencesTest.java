package dev.parley.speech.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {

    @Test
    void cutsAfterEachSentence() {
        assertThat(Sentences.of("It is ten o'clock.  Shall I wait? Yes! Good"))
                .containsExactly("It is ten o'clock.", "Shall I wait?", "Yes!", "Good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pi is about 3.14 or so.", "Dr. Who met Mr. J. Smith.", "It is 9 p.m. in Tokyo.",
            "Use e.g. a pen.", "See example.org for it.", "It costs $5.50 or 1,234.56 euros.",
            "Take No. 5 to St. Peter.", "Open at 9 a.m. Monday.", "It is approx. 5 km away.",
            "See fig. 3 and vol. 2 of it.", "1. Open the door", "The U.S. Army came.",
            "Well done! \uD83C\uDF89", "\uD83D\uDC4D", "Pens, e.g. Biros, are fine."})
    void leavesOneSentenceWhole(String sentence) {
        assertThat(Sentences.of(sentence)).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"No. I do not.|No.", "It is 9 p.m. Then we go.|It is 9 p.m.",
            "Pens, paper, etc. Then ink.|Pens, paper, etc.", "It takes 5 min. Wait here.|It takes 5 min.",
            "It is 5.50. Pay now.|It is 5.50.", "It was 2005. We left.|It was 2005.",
            "I like the sun. He does not.|I like the sun.",
            "It is spelled R-H-Y-T-H-M. On we go.|It is spelled R-H-Y-T-H-M."})
    void endsASentenceAfterAWordThatOnlyLooksShort(String text, String first) {
        assertThat(Sentences.of(text).getFirst()).isEqualTo(first);
        assertThat(Sentences.of(text)).hasSize(2);
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

    @Test
    void blockOfCodeIsOneSentence() {
        assertThat(Sentences.of("Do this: ```java\nint x = 1. y; foo.bar(). Z();\n``` Then run it. Good."))
                .containsExactly("Do this:", "```java\nint x = 1. y; foo.bar(). Z();\n```", "Then run it.",
                        "Good.");
        assertThat(Sentences.of("```python for x in range(10): print(x). Y")).hasSize(1);
    }

    @Test
    void laterBlocksOfCodeBelongToTheSentenceBefore() {
        assertThat(Sentences.of("First:\n~~~\na()\n~~~\nThen this.\n```\nb()\n```\n```\nc()\n```"))
                .containsExactly("First:", "~~~\na()\n~~~", "Then this. ```\nb()\n``` ```\nc()\n```");
    }

    private static String letters(Stream<String> texts) {
        return String.join("", texts.toList()).replaceAll("[^a-z]", "");
    }
}
