package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The change of streams for speech without a text. */
class DeafnessPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration UNHEARD = Duration.ofSeconds(6);

    private final ChainScript script = new ChainScript().start();

    @Test
    void echoAfterEachAnswerCostsOneStreamInAMinute() {
        script.answering();
        for (int turn = 0; turn < 4; turn++) {
            int stream = script.opened.getLast();
            script.hears(stream, "One?").answers(stream, "One.").speak(SECOND).quiet(UNHEARD);
            int next = script.opened.getLast();
            script.speak(SECOND).hears(next, "Two?").answers(next, "Two.").quiet(UNHEARD);
        }
        assertThat(script.opened).containsExactly(1, 2);
    }

    @Test
    void changeThatHelpedAllowsTheNext() {
        script.answering().quiet(SECOND).speak(SECOND).quiet(UNHEARD);
        script.hears(2, "One?").answers(2, "One.").quiet(SECOND);
        script.speak(SECOND).quiet(UNHEARD);
        assertThat(script.opened).containsExactly(1, 2, 3);
    }

    @Test
    void fewStreamsAreTriedForTheSameSpeech() {
        script.quiet(SECOND).speak(SECOND).quiet(UNHEARD);
        for (int stream = 2; stream <= 4; stream++) {
            assertThat(script.opened).hasSize(stream);
            script.over(stream, StreamFailure.of("throttlingException", "")).quiet(UNHEARD);
        }
        script.quiet(Duration.ofMinutes(3));
        assertThat(script.opened).containsExactly(1, 2, 3, 4);
        assertThat(script.told).containsExactly(new ModelEvent.QuestionLost());
    }
}
