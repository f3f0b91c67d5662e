package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.contract.BrowserEvent.Activity;
import dev.parley.voice.conversation.ConversationEvent.AnswerBegun;
import dev.parley.voice.conversation.ConversationEvent.Interrupted;
import dev.parley.voice.conversation.ConversationEvent.Source;
import dev.parley.voice.conversation.ConversationEvent.TextFinal;
import dev.parley.voice.conversation.ConversationEvent.TurnBegun;
import dev.parley.voice.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tests who said what in which turn, and to which turn a late text is assigned. */
final class TurnTrackerTest {

    private final TurnTracker tracker = new TurnTracker(ConversationOptions.Limits.defaults());
    private final List<ConversationEvent> told = new ArrayList<>();

    @Test
    void interruptedAnswerStandsBeforeTheInterruption() {
        hears("Tell me a story.");
        announces("Once upon a time.");
        sounded(StopReason.PARTIAL_TURN);
        announces("There was a king.");
        on(new ModelEvent.Interrupted());
        hears("Stop.");
        says("Once upon a time.");
        says("There was");
        assertTurns("USER Tell me a story.", "ASSISTANT Once upon a time. There was", "USER Stop.");
    }

    @Test
    void finalTextDuringNextAnswerBelongsToPreviousAnswer() {
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
    void supersededTurnAndItsAnswersAreForgotten() {
        hears("Hello.");
        announces("Hi.");
        sounded(StopReason.END_TURN);
        says("Hi.");
        hears("Set a timer for.");
        announces("For how long?");
        on(new ModelEvent.Interrupted());
        says("For how");
        told.clear();
        on(new ModelEvent.Superseded());
        hears("Set a timer for ten seconds.");
        announces("Your timer is set.");
        says("Your timer is set.");
        assertTurns("USER Hello.", "ASSISTANT Hi.", "USER Set a timer for ten seconds.",
                "ASSISTANT Your timer is set.");
        assertThat(told).startsWith(new ConversationEvent.TurnSuperseded(3), new TurnBegun(Source.SPOKEN),
                new TextFinal(5, Role.USER, Source.SPOKEN, "Set a timer for ten seconds."));
    }

    @Test
    void earlierTextsOfASupersededTurnStay() {
        hears("What time is it?");
        hears("Set a timer for.");
        announces("For how long?");
        told.clear();
        on(new ModelEvent.Superseded());
        hears("Set a timer for ten seconds.");
        assertTurns("USER What time is it? Set a timer for ten seconds.");
        assertThat(told).startsWith(new ConversationEvent.TurnSuperseded(1),
                new TextFinal(1, Role.USER, Source.SPOKEN, "What time is it?"));
    }

    @Test
    void nothingIsSupersededBeforeTheUserSpoke() {
        announces("Hello.");
        says("Hello.");
        told.clear();
        on(new ModelEvent.Superseded());
        assertThat(told).isEmpty();
        assertTurns("ASSISTANT Hello.");
    }

    @Test
    void sameWordsInTwoAnswersAreFiledSeparately() {
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
    void unspokenSentenceOfCutAnswerIsNotReused() {
        hears("Ready?");
        announces("Wait.");
        announces("Yes.");
        on(new ModelEvent.Interrupted());
        hears("Now?");
        announces("Yes.");
        sounded(StopReason.END_TURN);
        says("Yes.");
        assertTurns("USER Ready? Now?", "ASSISTANT Yes.");
    }

    @Test
    void unannouncedFinalTextBelongsToLastSoundedAnswer() {
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
    void typingDuringAnAnswerDoesNotDivideIt() {
        hears("One?");
        announces("One.");
        types("Two?");
        announces("Or so.");
        sounded(StopReason.END_TURN);
        says("One.");
        says("Or so.");
        announces("Two.");
        says("Two.");
        assertTurns("USER One?", "ASSISTANT One. Or so.", "USER Two?", "ASSISTANT Two.");
    }

    @Test
    void lateSpokenTextStandsBeforeTypedText() {
        types("And tomorrow?");
        hears("What is today?");
        hears("And tomorrow?");
        announces("Monday.");
        says("Monday.");
        assertTurns("USER What is today? And tomorrow?", "ASSISTANT Monday.");
    }

    @Test
    void lateTextHasTheNumberOfItsTurn() {
        assertThat(hears("One?")).hasValue(1);
        announces("One.");
        sounded(StopReason.END_TURN);
        assertThat(hears("Two?")).hasValue(3);
        assertThat(says("One.")).hasValue(2);
        assertThat(types("Three?")).hasValue(3);
    }

    @Test
    void wholeTurnIsToldInOrder() {
        hears("What time is it?");
        hears("Please.");
        announces("It is noon.");
        on(new ModelEvent.Audio("a", new byte[2]));
        on(new ModelEvent.Audio("a", new byte[2]));
        assertThat(tracker.activity()).isEqualTo(Activity.SPEAKING);
        sounded(StopReason.END_TURN);
        says("It is noon.");
        assertThat(tracker.activity()).isEqualTo(Activity.LISTENING);
        assertThat(told).containsExactly(new TurnBegun(Source.SPOKEN),
                new TextFinal(1, Role.USER, Source.SPOKEN, "What time is it?"),
                new TextFinal(1, Role.USER, Source.SPOKEN, "Please."), new AnswerBegun(),
                new TextFinal(2, Role.ASSISTANT, Source.SPOKEN, "It is noon."));
    }

    @Test
    void interruptionIsToldAndNextTurnBegins() {
        hears("Tell me a story.");
        announces("Once upon a time.");
        on(new ModelEvent.Audio("a", new byte[2]));
        told.clear();
        on(new ModelEvent.Interrupted());
        assertThat(tracker.activity()).isEqualTo(Activity.LISTENING);
        hears("Stop.");
        assertThat(tracker.activity()).isEqualTo(Activity.THINKING);
        assertThat(told).containsExactly(new Interrupted(), new TurnBegun(Source.SPOKEN),
                new TextFinal(3, Role.USER, Source.SPOKEN, "Stop."));
    }

    @Test
    void repeatedTypedTextIsToldOnce() {
        types("Hello");
        hears("Hello");
        assertThat(told).containsExactly(new TurnBegun(Source.TYPED),
                new TextFinal(1, Role.USER, Source.TYPED, "Hello"));
    }

    @Test
    void typingDuringAnAnswerLeavesItSpeaking() {
        announces("Once upon a time.");
        types("Stop.");
        assertThat(tracker.activity()).isEqualTo(Activity.SPEAKING);
        assertThat(told).contains(new TurnBegun(Source.TYPED));
    }

    @Test
    void toolCallIsThinkingUnlessTheAssistantSpeaks() {
        var call = new ModelEvent.ToolCall("c", "time", "{}");
        on(call);
        assertThat(tracker.activity()).isEqualTo(Activity.THINKING);
        announces("Let me see.");
        on(call);
        assertThat(tracker.activity()).isEqualTo(Activity.SPEAKING);
    }

    @Test
    void newConversationNumbersItsTurnsAfresh() {
        hears("One?");
        tracker.begin(new ArrayList<>());
        assertThat(tracker.turns()).isEmpty();
        assertThat(hears("Two?")).hasValue(1);
        assertThat(told).endsWith(new TurnBegun(Source.SPOKEN),
                new TextFinal(1, Role.USER, Source.SPOKEN, "Two?"));
    }

    private OptionalInt hears(String text) {
        return on(new ModelEvent.UserText("u", text));
    }

    private void announces(String text) {
        on(new ModelEvent.AssistantText("s", Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN));
    }

    private OptionalInt says(String text) {
        return on(new ModelEvent.AssistantText("f", Stage.FINAL, text, StopReason.PARTIAL_TURN));
    }

    private void sounded(StopReason stop) {
        on(new ModelEvent.AudioEnd("a", stop));
    }

    private OptionalInt types(String text) {
        return tell(out -> tracker.typed(text, out));
    }

    private OptionalInt on(ModelEvent event) {
        return tell(out -> tracker.on(event, out));
    }

    /** Returns the number of the turn that a text was assigned to, if there was one. */
    private OptionalInt tell(Consumer<List<Effect>> input) {
        var out = new ArrayList<Effect>();
        input.accept(out);
        var events = out.stream().map(effect -> ((Effect.Tell) effect).event()).toList();
        told.addAll(events);
        return events.stream()
                .filter(TextFinal.class::isInstance)
                .mapToInt(event -> ((TextFinal) event).turn())
                .findFirst();
    }

    private void assertTurns(String... turns) {
        assertThat(tracker.turns()).extracting(turn -> turn.role() + " " + turn.text())
                .containsExactly(turns);
    }
}
