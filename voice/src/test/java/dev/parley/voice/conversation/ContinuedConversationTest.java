package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.Continuation;
import dev.parley.voice.Continuation.Line;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.BrowserEvent.Activity;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import dev.parley.voice.conversation.ConversationEvent.TextFinal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A conversation goes on from the state of another one. */
class ContinuedConversationTest {

    private static final ConversationOptions PORTABLE = Script.OPTIONS.withPortable(true);

    private final Script before = new Script(PORTABLE);

    @Test
    void stateIsEmptyUnlessAStreamIsOpen() {
        assertThat(before.conversation.state()).isEmpty();
        before.browser("initializeConnection");
        assertThat(before.conversation.state()).isEmpty();
        before.browser("audioStart");
        assertThat(before.conversation.state()).isPresent();
        before.browser("stopAudio");
        assertThat(before.conversation.state()).isEmpty();
    }

    @Test
    void nextStreamHasSettingsAndTextsOfTheFormer() {
        before.browser("initializeConnection", "{\"enabledTools\":[\"time\"],\"audioFormat\":\"base64\"}")
                .browser("promptStart", "{\"voiceId\":\"leo\"}")
                .browser("systemPrompt", "\"Be kind.\"")
                .browser("audioStart")
                .model(1, new ModelEvent.Snapshot("s1"));
        exchange(1, "One?", "One.");

        var effects = effects(new SessionConfig(null, null, null, null, AudioFormat.BINARY, true, true));

        assertThat(effects).element(0)
                .isEqualTo(new Effect.Tell(new ConversationEvent.StreamOpened(2, false)));
        assertThat(effects).element(1).isInstanceOfSatisfying(Effect.OpenModel.class, open -> {
            StreamSettings settings = open.settings();
            assertThat(open.stream()).isEqualTo(2);
            assertThat(settings.voiceId()).isEqualTo("leo");
            assertThat(settings.tools()).singleElement()
                    .satisfies(tool -> assertThat(tool.name()).isEqualTo("time"));
            assertThat(settings.pausable()).isTrue();
            assertThat(settings.portable()).isTrue();
            assertThat(settings.continues()).isEqualTo(new Continuation(
                    List.of(new Line(true, "One?"), new Line(false, "One.")), List.of(), false, "s1"));
        });
        assertThat(effects).element(2)
                .isEqualTo(new Effect.ToModel(2, new ModelCommand.SystemPrompt("Be kind.")));
        assertThat(effects).element(3)
                .isEqualTo(new Effect.ToBrowser(new BrowserEvent.State(Activity.LISTENING)));
    }

    @Test
    void audioGoesToTheModelWithoutAnotherStart() {
        before.browser("initializeConnection").browser("audioStart");
        var now = continued();
        now.on(new Input.Continued(SessionConfig.empty()), Script.START);
        var effects = now.on(
                new Input.FromBrowser(new dev.parley.voice.contract.BrowserCommand.Audio(new byte[2])),
                Script.START);
        assertThat(effects).singleElement().isInstanceOf(Effect.ToModel.class);
    }

    @Test
    void interruptedAnswerOwesNothingAndSupersededTurnIsGone() {
        before.browser("initializeConnection").browser("audioStart");
        exchange(1, "One?", "One.");
        before.model(1, new ModelEvent.UserText("u", "Half of"));
        announce(1, "a9", "An answer to half.");
        before.model(1, new ModelEvent.Superseded());
        before.model(1, new ModelEvent.UserText("u2", "Half of it."));
        announce(1, "a10", "Never heard to its end.");
        before.model(1, new ModelEvent.Interrupted());

        var effects = effects(SessionConfig.empty());

        var continues = ((Effect.OpenModel) effects.get(1)).settings().continues();
        assertThat(continues.lines()).containsExactly(new Line(true, "One?"), new Line(false, "One."),
                new Line(true, "Half of it."));
        assertThat(effects).noneMatch(effect -> effect instanceof Effect.Tell(TextFinal any));
    }

    @Test
    void fullySentSentenceBecomesPartOfTheHistory() {
        before.browser("initializeConnection").browser("audioStart");
        before.model(1, new ModelEvent.UserText("u", "Tell me."));
        announce(1, "a1", "First.");

        var effects = effects(SessionConfig.empty());

        assertThat(effects)
                .contains(new Effect.Tell(
                        new TextFinal(2, Turn.Role.ASSISTANT, ConversationEvent.Source.SPOKEN, "First.")))
                .contains(new Effect.ToBrowser(new BrowserEvent.TextOutput(new BrowserEvent.Origin("s", 2),
                        "a1", BrowserEvent.Role.ASSISTANT, "First.")));
        var open = effects.stream().filter(Effect.OpenModel.class::isInstance).findFirst().orElseThrow();
        var continues = ((Effect.OpenModel) open).settings().continues();
        assertThat(continues.cutOff()).isTrue();
        assertThat(continues.lines()).last().isEqualTo(new Line(false, "First."));
    }

    @Test
    void questionWhoseAnswerWasOnlyAnnouncedIsAskedAgain() {
        before.browser("initializeConnection").browser("audioStart");
        before.model(1, new ModelEvent.UserText("u", "Tell me."));
        before.model(1,
                new ModelEvent.AssistantText("a1", Stage.SPECULATIVE, "First.", StopReason.PARTIAL_TURN));

        var effects = effects(SessionConfig.empty());

        var continues = ((Effect.OpenModel) effects.get(1)).settings().continues();
        assertThat(continues.unanswered()).containsExactly("Tell me.");
        assertThat(continues.cutOff()).isFalse();
        assertThat(effects).last().isEqualTo(new Effect.ToBrowser(new BrowserEvent.State(Activity.THINKING)));
    }

    @Test
    void toolDoesNotRunAgainIfItsAnswerWasOnlyBegun() {
        before.browser("initializeConnection").browser("audioStart");
        before.model(1, new ModelEvent.UserText("u", "Note it."));
        runTool(before, 1, "c1");
        before.model(1,
                new ModelEvent.AssistantText("a1", Stage.SPECULATIVE, "Noted.", StopReason.PARTIAL_TURN));
        before.model(1, new ModelEvent.Audio("a1", new byte[2]));

        assertThat(callsAgain(continued())).containsExactly("2 <- result c2 {\"ok\":1}");
    }

    @Test
    void toolDoesNotRunAgainIfASentenceWasSentBeforeIt() {
        before.browser("initializeConnection").browser("audioStart");
        before.model(1, new ModelEvent.UserText("u", "Note it."));
        announce(1, "a1", "One moment.");
        runTool(before, 1, "c1");

        assertThat(callsAgain(continued())).containsExactly("2 <- result c2 {\"ok\":1}");
    }

    @Test
    void noticeThatWasNotBegunIsGivenAgain() {
        before.browser("initializeConnection").browser("audioStart");
        before.model(1, new ModelEvent.UserText("u", "Tell me."));
        before.feed(new Input.Notice("Your timer is over."));
        announce(1, "a1", "An answer.");

        assertThat(effects(SessionConfig.empty()))
                .contains(new Effect.ToModel(2, new ModelCommand.Notice("Your timer is over.")));
    }

    @Test
    void noticeThatWasNotBegunIsGivenAfterTwoMoves() {
        before.browser("initializeConnection").browser("audioStart");
        before.feed(new Input.Notice("Your timer is over."));
        var second = continued();
        second.on(new Input.Continued(SessionConfig.empty()), Script.START);

        assertThat(second.state().orElseThrow().notices()).containsExactly("Your timer is over.");
    }

    @Test
    void noticeThatWasBegunIsNotGivenAgain() {
        before.browser("initializeConnection").browser("audioStart");
        before.feed(new Input.Notice("Your timer is over."));
        before.feed(new Input.Notice("So is the other one."));
        announce(1, "a1", "Your timer is over.");

        assertThat(before.conversation.state().orElseThrow().notices())
                .containsExactly("So is the other one.");
    }

    @Test
    void noticeIsForgottenAfterTwoQuestions() {
        before.browser("initializeConnection").browser("audioStart");
        before.feed(new Input.Notice("Your timer is over."));
        exchange(1, "One?", "One.");
        assertThat(before.conversation.state().orElseThrow().notices()).hasSize(1);
        exchange(1, "Two?", "Two.");

        assertThat(before.conversation.state().orElseThrow().notices()).isEmpty();
    }

    @Test
    void toolResultOfAnotherServerIsGivenOnce() {
        before.browser("initializeConnection").browser("audioStart");
        before.model(1, new ModelEvent.UserText("u", "Note it twice."));
        runTool(before, 1, "c1");
        var now = continued();
        callsAgain(now);

        assertThat(calls(now, "c3")).containsExactly("run 2 c3 note {}");
    }

    @Test
    void toolResultIsForgottenWhenItsAnswerEnds() {
        before.browser("initializeConnection").browser("audioStart");
        before.model(1, new ModelEvent.UserText("u", "Note it."));
        runTool(before, 1, "c1");
        before.model(1,
                new ModelEvent.AssistantText("a1", Stage.SPECULATIVE, "Noted.", StopReason.PARTIAL_TURN));
        before.model(1, new ModelEvent.Audio("a1", new byte[2]));
        before.model(1, new ModelEvent.AudioEnd("a1", StopReason.END_TURN));

        assertThat(before.conversation.state().orElseThrow().found()).isEmpty();
    }

    @Test
    void secondStreamAfterAFailureContinuesNothing() {
        before.browser("initializeConnection").browser("audioStart");
        exchange(1, "One?", "One.");
        before.model(1, new ModelEvent.Failed(ModelEvent.Failed.Kind.RECOVERABLE, "")).skip();
        var opened = before.conversation.on(
                new Input.FromBrowser(new dev.parley.voice.contract.BrowserCommand.AudioStart()), before.now);
        assertThat(opened).filteredOn(Effect.OpenModel.class::isInstance)
                .singleElement()
                .satisfies(open -> assertThat(((Effect.OpenModel) open).settings().continues().isNone())
                        .isTrue());
    }

    private Conversation continued() {
        return new Conversation(before.conversation.state().orElseThrow(), PORTABLE);
    }

    private static void runTool(Script script, int stream, String id) {
        script.model(stream, new ModelEvent.ToolCall(id, "note", "{}"));
        script.feed(new Input.ToolFinished(new Effect.RunTool(stream, id, "note", "{}"), "{\"ok\":1}"));
    }

    private static List<String> callsAgain(Conversation now) {
        now.on(new Input.Continued(SessionConfig.empty()), Script.START);
        return calls(now, "c2");
    }

    /** Returns what the call of a tool does: it runs, or its result is there. */
    private static List<String> calls(Conversation now, String id) {
        return now.on(new Input.FromModel(2, new ModelEvent.ToolCall(id, "note", "{}")), Script.START)
                .stream()
                .map(Script::line)
                .filter(line -> line.startsWith("run") || line.contains("<- result"))
                .toList();
    }

    private List<Effect> effects(SessionConfig wanted) {
        return continued().on(new Input.Continued(wanted), Script.START)
                .stream()
                .filter(effect -> !(effect instanceof Effect.Wake))
                .toList();
    }

    private void exchange(int stream, String question, String answer) {
        before.model(stream, new ModelEvent.UserText("u" + question, question));
        before.model(stream, new ModelEvent.AssistantText("b" + answer, Stage.SPECULATIVE, answer,
                StopReason.PARTIAL_TURN));
        before.model(stream, new ModelEvent.Audio("b" + answer, new byte[2]));
        before.model(stream, new ModelEvent.AudioEnd("b" + answer, StopReason.END_TURN));
        before.model(stream,
                new ModelEvent.AssistantText("b" + answer, Stage.FINAL, answer, StopReason.END_TURN));
    }

    /** Announces a sentence and sends its speech whole; its answer goes on. */
    private void announce(int stream, String block, String text) {
        before.model(stream,
                new ModelEvent.AssistantText(block, Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN));
        before.model(stream, new ModelEvent.Audio(block, new byte[2]));
        before.model(stream, new ModelEvent.AudioEnd(block, StopReason.PARTIAL_TURN));
    }
}
