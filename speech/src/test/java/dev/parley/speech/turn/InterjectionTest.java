package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterjectionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                              | MURMUR
            Hmm.                            | MURMUR
            Mm.                             | MURMUR
            Uh, um.                         | MURMUR
            A. H. M. N.                     | MURMUR
            M. M. H. and M..                | MURMUR
            ...                             | MURMUR
            Mm-hm.                          | BACKCHANNEL
            Uh-huh.                         | BACKCHANNEL
            Oh, I see.                      | BACKCHANNEL
            Hmm, interesting.               | BACKCHANNEL
            Go on.                          | BACKCHANNEL
            Yeah.                           | ASSENT
            Yeah, yeah, yeah.               | ASSENT
            Oh, okay.                       | ASSENT
            That’s right.              | ASSENT
            Right.                          | ASSENT
            Okay, go on.                    | ASSENT
            Wait.                           | WAIT
            Hold on a second.               | WAIT
            Okay, wait.                     | WAIT
            Um, just a moment, please wait. | WAIT
            No.                             | SPEECH
            Stop.                           | SPEECH
            Wait, what time is it?          | SPEECH
            Okay, but what about Rome?      | SPEECH
            Yes, book it.                   | SPEECH
            I                               | SPEECH
            5                               | SPEECH
            Right now.                      | SPEECH
            """)
    void wordsMean(String words, Interjection meaning) {
        assertThat(Interjection.of(words)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"yeah, 13, SPEECH", "yeah, 12, ASSENT", "x, 100000, SPEECH"})
    void manyWordsAreSpeech(String word, int count, Interjection meaning) {
        assertThat(Interjection.of((word + " ").repeat(count))).isEqualTo(meaning);
    }
}
