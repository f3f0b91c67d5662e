package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.Continuation;
import dev.parley.voice.Continuation.Line;
import dev.parley.voice.ModelEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A conversation that another server held goes on with a stream here. */
class ContinuedElsewhereTest {

    private static final String SONIC_1 = "amazon.nova-sonic-v1:0";
    private static final String SONIC_2 = "amazon.nova-2-sonic-v1:0";
    private static final List<Line> LINES = List.of(new Line(true, "One?"), new Line(false, "One."));

    @Test
    void firstStreamIsGivenTheHistory() {
        var script = ChainScript.continuing(SONIC_2, new Continuation(LINES, List.of(), false, "")).start();
        assertThat(script.texts(1)).containsExactly("Be brief.", "One?", "One.");
        assertThat(script.questions(1)).isEmpty();
    }

    @Test
    void questionWithoutAnswerIsAsked() {
        var script = ChainScript.continuing(SONIC_2, new Continuation(LINES, List.of("Two?"), false, ""))
                .start();
        assertThat(script.texts(1)).containsExactly("Be brief.", "One?", "One.", "Two?");
        assertThat(script.questions(1)).containsExactly("Two?");
        script.hears(1, "Two?").answers(1, "Two.");
        assertThat(script.toldTexts()).doesNotContain("U Two?").contains("A FINAL Two.");
    }

    @Test
    void answerThatWasCutOffGoesOn() {
        var script = ChainScript.continuing(SONIC_2, new Continuation(LINES, List.of(), true, "")).start();
        assertThat(script.questions(1)).singleElement()
                .asString()
                .startsWith("You were cut off")
                .endsWith("were: \"One.\"");
    }

    @Test
    void nextStreamIsGivenBothParts() {
        var script = ChainScript.continuing(SONIC_2, new Continuation(LINES, List.of(), false, "")).start();
        script.hears(1, "Two?").answers(1, "Two.").quiet(Duration.ofSeconds(1));
        script.over(1, StreamFailure.lost()).quiet(Duration.ofSeconds(2));
        assertThat(script.texts(2)).containsExactly("Be brief.", "One?", "One.", "Two?", "Two.");
    }

    @Test
    void modelWithoutTextLosesTheQuestionAndSaysSo() {
        var script = ChainScript.continuing(SONIC_1, new Continuation(LINES, List.of("Two?"), false, ""))
                .start();
        assertThat(script.questions(1)).isEmpty();
        assertThat(script.told).contains(new ModelEvent.QuestionLost());
    }
}
