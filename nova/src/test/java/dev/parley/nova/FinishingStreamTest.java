package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that is left in the middle of an answer at the age at which no stream may stay. */
class FinishingStreamTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ChainScript script = new ChainScript().start();

    @BeforeEach
    void answerForLong() {
        script.quiet(Duration.ofMinutes(5)).hears(1, "Tell me all.");
        sentences(160);
        assertThat(script.opened).containsExactly(1);
    }

    private void sentences(int count) {
        for (int sentence = 0; sentence < count; sentence++) {
            script.text(1, Role.ASSISTANT, Stage.SPECULATIVE, "Sentence.", StopReason.PARTIAL_TURN)
                    .speech(1, SECOND, StopReason.PARTIAL_TURN)
                    .text(1, Role.ASSISTANT, Stage.FINAL, "Sentence.", StopReason.PARTIAL_TURN)
                    .quiet(SECOND);
        }
    }

    private void leave() {
        sentences(8);
        assertThat(script.opened).containsExactly(1, 2);
    }

    private void assertSilent(int stream) {
        assertThat(script.finished).contains(stream);
        int before = script.told.size();
        script.speech(stream, SECOND, StopReason.PARTIAL_TURN);
        assertThat(script.told).hasSize(before);
    }

    private boolean hasResult(int stream) {
        return script.sent(stream).stream().anyMatch(InputEvent.ToolResult.class::isInstance);
    }

    private static OutputEvent use() {
        return new OutputEvent.ToolUse("t", "use-1", "weather", "{}");
    }

    @Test
    void failureOfTheActiveStreamEndsIt() {
        leave();
        script.connect(2).over(2, StreamFailure.lost());
        assertSilent(1);
        script.quiet(SECOND);
        assertThat(script.questions(3)).singleElement().asString().startsWith("You were cut off");
    }

    @Test
    void typedTextInterruptsIt() {
        leave();
        script.connect(2).say(new ModelCommand.Text("Stop."));
        assertThat(script.told).endsWith(new ModelEvent.Interrupted());
        assertThat(script.questions(2)).containsExactly("Stop.");
        assertSilent(1);
    }

    @Test
    void noticeInterruptsIt() {
        leave();
        script.connect(2).say(new ModelCommand.Notice("the eggs are done"));
        assertThat(script.told).endsWith(new ModelEvent.Interrupted());
        assertSilent(1);
    }

    @Test
    void toolIsLeftToTheActiveStream() {
        leave();
        script.connect(2).service(1, use());
        assertThat(script.told).noneMatch(ModelEvent.ToolCall.class::isInstance);
        assertThat(script.questions(2)).singleElement().asString().startsWith("You were cut off");
        assertSilent(1);
    }

    @Test
    void answerWithoutAnEndIsOverAfterAWhile() {
        leave();
        script.connect(2).quiet(Duration.ofSeconds(8));
        assertThat(script.finished).isEmpty();
        script.quiet(Duration.ofSeconds(3));
        assertThat(script.finished).containsExactly(1);
    }

    @Test
    void resultOfAToolUsedDuringTheChangeGoesToTheStreamThatAsked() {
        leave();
        script.service(1, use()).connect(2).say(new ModelCommand.ToolResult("use-1", "\"rain\""));
        assertThat(hasResult(2)).isFalse();
        assertThat(hasResult(1)).isTrue();
        script.answers(1, "Rain.");
        assertThat(script.finished).containsExactly(1);
    }

    @Test
    void resultOfAToolUsedBeforeTheChangeGoesToTheStreamThatAsked() {
        script.answering().service(1, use()).quiet(Duration.ofSeconds(20));
        assertThat(script.opened).containsExactly(1, 2);
        script.say(new ModelCommand.ToolResult("use-1", "\"rain\""));
        assertThat(hasResult(1)).isTrue();
        script.answers(1, "Rain.");
        assertThat(script.finished).containsExactly(1);
        assertThat(script.opened).containsExactly(1, 2);
    }

    @Test
    void interruptedAnswersToolIsForgotten() {
        script.answering().service(1, use()).quiet(Duration.ofSeconds(20)).hears(2, "Stop it now.");
        assertSilent(1);
        script.say(new ModelCommand.ToolResult("use-1", "\"rain\""));
        assertThat(hasResult(1) || hasResult(2)).isFalse();
        script.quiet(Duration.ofSeconds(10));
        assertThat(script.cancelled).as("the question is asked again").containsExactly(2);
    }
}
