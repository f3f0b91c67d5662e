package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Under which turn a text is filed that comes late. */
final class TurnLogTest {

    private final TurnLog log = new TurnLog(ConversationOptions.Limits.defaults());

    @Test
    void whatWasSaidBeforeTheUserSpokeOverItStandsBeforeThat() {
        hears("Tell me a story.");
        announces("Once upon a time.");
        sounded(StopReason.PARTIAL_TURN);
        announces("There was a king.");
        log.on(new ModelEvent.Interrupted());
        hears("Stop.");
        says("Once upon a time.");
        says("There was");
        assertTurns("USER Tell me a story.", "ASSISTANT Once upon a time. There was", "USER Stop.");
    }

    @Test
    void aFinalTextThatComesDuringTheNextAnswerBelongsToTheOneBefore() {
        hears("One?");
        announces("One.");
        sounded(StopReason.END_TURN);
        hears("Two?");
        announces("Two.");
        says("One.");
        sounded(StopReason.END_TURN);
        says("Two.");
        assertTurns("USER One?", "ASSISTANT One.", "USER Two?", "ASSISTANT Two.");
    }

    @Test
    void theSameWordsInTwoAnswersAreFiledOnceInEach() {
        hears("Ready?");
        announces("Yes.");
        sounded(StopReason.END_TURN);
        hears("Sure?");
        announces("Yes.");
        sounded(StopReason.END_TURN);
        assertThat(says("Yes.")).hasValue(2);
        assertThat(says("Yes.")).hasValue(4);
    }

    @Test
    void aSentenceThatACutAnswerNeverCameToIsNotTakenForTheNextOnes() {
        hears("Ready?");
        announces("Wait.");
        announces("Yes.");
        log.on(new ModelEvent.Interrupted());
        hears("Now?");
        announces("Yes.");
        sounded(StopReason.END_TURN);
        says("Yes.");
        assertTurns("USER Ready? Now?", "ASSISTANT Yes.");
    }

    @Test
    void aFinalTextThatNobodyAnnouncedBelongsToWhatHasSounded() {
        hears("One?");
        announces("One.");
        sounded(StopReason.END_TURN);
        hears("Two?");
        announces("Two.");
        says("Uno.");
        sounded(StopReason.END_TURN);
        says("Due.");
        assertTurns("USER One?", "ASSISTANT Uno.", "USER Two?", "ASSISTANT Due.");
    }

    @Test
    void whatIsTypedDuringAnAnswerDoesNotDivideIt() {
        hears("One?");
        announces("One.");
        log.typed("Two?");
        announces("Or so.");
        sounded(StopReason.END_TURN);
        says("One.");
        says("Or so.");
        announces("Two.");
        says("Two.");
        assertTurns("USER One?", "ASSISTANT One. Or so.", "USER Two?", "ASSISTANT Two.");
    }

    @Test
    void whatWasSpokenBeforeSomethingWasTypedStandsBeforeIt() {
        log.typed("And tomorrow?");
        hears("What is today?");
        hears("And tomorrow?");
        announces("Monday.");
        says("Monday.");
        assertTurns("USER What is today? And tomorrow?", "ASSISTANT Monday.");
    }

    @Test
    void numbersGrowWithTheTurnsAndALateTextHasItsTurns() {
        assertThat(hears("One?")).hasValue(1);
        announces("One.");
        sounded(StopReason.END_TURN);
        assertThat(hears("Two?")).hasValue(3);
        assertThat(says("One.")).hasValue(2);
        assertThat(log.typed("Three?")).isEqualTo(3);
    }

    private OptionalInt hears(String text) {
        return log.on(new ModelEvent.UserText("u", text));
    }

    private void announces(String text) {
        log.on(new ModelEvent.AssistantText("s", Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN));
    }

    private OptionalInt says(String text) {
        return log.on(new ModelEvent.AssistantText("f", Stage.FINAL, text, StopReason.PARTIAL_TURN));
    }

    private void sounded(StopReason stop) {
        log.on(new ModelEvent.AudioEnd("a", stop));
    }

    private void assertTurns(String... turns) {
        assertThat(log.turns()).extracting(turn -> turn.role() + " " + turn.text()).containsExactly(turns);
    }
}
