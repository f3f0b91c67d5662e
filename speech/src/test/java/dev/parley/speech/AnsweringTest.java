package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.turn.Floor;
import dev.parley.voice.Continuation;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Interrupted;
import dev.parley.voice.ModelEvent.ToolCall;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweringTest {

    private static final List<ToolSpec> TOOLS = List.of(new ToolSpec("set_timer", "", "{}"),
            new ToolSpec("remember", "", "{}"), new ToolSpec("get_time", "", "{}").asReadOnly());
    private static final Duration TOOL_WAIT = Duration.ofSeconds(10);

    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final ArrayDeque<Message.Spoken> made = new ArrayDeque<>();
    private final List<ModelEvent> events = new ArrayList<>();
    private final List<String> spoken = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Speaking speaking = new Speaking(new SteadyVoice(spoken), work::add, true,
            message -> made.add((Message.Spoken) message), events::add, new Meter(), new BlockIds());
    private final Answering answering = new Answering(TOOLS, speaking, events::add, TOOL_WAIT,
            Continuation.none());

    @Test
    void wholeCommandIsCarriedOutAtOnce() {
        heard("Set a timer for ten minutes.");
        assertThat(calls()).containsExactly("set_timer");
        assertThat(answering.joins(now)).isFalse();
    }

    @Test
    void readOnlyToolIsCalledForAnUnfinishedSentence() {
        heard("What time is it in");
        assertThat(calls()).containsExactly("get_time");
    }

    @Test
    void toolWithAnEffectWaitsUntilAnUnfinishedSentenceIsOver() {
        heard("Remember that my car is on level three and");
        assertThat(calls()).isEmpty();
        assertThat(answering.floor()).isEqualTo(Floor.DUE);
        assertThat(answering.next(now)).contains(now.plus(Answering.JOIN_WINDOW));
        later(1_999, false);
        assertThat(calls()).isEmpty();
        later(1, false);
        assertThat(calls()).containsExactly("remember");
    }

    @Test
    void toolWithAnEffectWaitsWhileTheUserGoesOn() {
        heard("Remember that my car is on level three and");
        later(5_000, true);
        assertThat(calls()).isEmpty();
        String whole = answering.joined("my bike on level two.").orElseThrow();
        answering.retract(now);
        heard(whole);
        assertThat(whole).isEqualTo("Remember that my car is on level three and my bike on level two.");
        later(5_000, false);
        assertThat(calls()).containsExactly("remember");
    }

    @Test
    void slowerRepeatsTheAnswerWithALongerSound() {
        heard("Who are you?");
        work();
        var first = List.copyOf(spoken);
        int normal = sound();
        spoken.clear();
        events.clear();
        heard("Slower.");
        work();
        assertThat(spoken).isEqualTo(first).isNotEmpty();
        assertThat((double) sound() / normal).as("the pause after a sentence stays").isBetween(1.1, 1 / 0.85);
    }

    @Test
    void nextStreamSaysWhatTheFirstDidNot() {
        heard("Who are you?");
        assertThat(spoken).isEmpty(); // no sentence is synthesised yet
        var next = continuing(List.of(), answering.snapshot());
        next.systemPrompt("You are Ada. Greet the user with: Hello.", now);
        answering.interrupt(now);
        work();
        assertThat(spoken).isNotEmpty().noneMatch(text -> text.contains("Hello"));
    }

    @Test
    void nextStreamRepliesToQuestionsWithoutReply() {
        heard("Set a timer for ten minutes."); // its tool has no result
        var next = continuing(List.of("Set a timer for ten minutes."), answering.snapshot());
        events.clear();
        next.systemPrompt("You are Ada.", now);
        assertThat(calls()).containsExactly("set_timer");
        var other = continuing(List.of("Remember that my car is red."), answering.snapshot());
        events.clear();
        other.systemPrompt("You are Ada.", now);
        assertThat(calls()).containsExactly("remember");
    }

    @Test
    void nextStreamIsSilentAfterACompleteAnswer() {
        heard("Who are you?");
        work();
        spoken.clear();
        var next = continuing(List.of("Who are you?"), answering.snapshot());
        next.systemPrompt("You are Ada. Greet the user with: Hello.", now);
        work();
        assertThat(spoken).isEmpty();
    }

    @Test
    void noticesAreNotPartOfTheSnapshot() {
        heard("Who are you?");
        work();
        spoken.clear();
        answering.notice("Your timer is over.");
        var next = continuing(List.of("Who are you?"), answering.snapshot());
        next.systemPrompt("You are Ada.", now);
        work();
        assertThat(spoken).isEmpty();
    }

    private Answering continuing(List<String> unanswered, String snapshot) {
        return new Answering(TOOLS, speaking, events::add, TOOL_WAIT,
                new Continuation(List.of(new Continuation.Line(true, "Hi.")), unanswered, false, snapshot));
    }

    /** Returns the length of the sound that was sent, in bytes. */
    private int sound() {
        return events.stream()
                .mapToInt(event -> event instanceof ModelEvent.Audio audio ? audio.pcm().length : 0)
                .sum();
    }

    @Test
    void questionThatWasNotUnderstoodCanGoOnForTwoSecondsOfItsAnswer() {
        heard("The colourless green ideas of the.");
        work();
        assertThat(spoken).isNotEmpty();
        assertThat(answering.joins(now.plusMillis(1_900))).isTrue();
        assertThat(answering.joins(now.plusMillis(2_100))).isFalse();
    }

    @Test
    void joinedHalfIsForgottenByTheDialogue() {
        heard("Set a timer for");
        work();
        assertThat(calls()).isEmpty();
        assertThat(answering.joins(now)).isTrue();
        String whole = answering.joined("Ten minutes.").orElseThrow();
        answering.retract(now);
        heard(whole);
        assertThat(events).hasAtLeastOneElementOfType(Interrupted.class);
        assertThat(calls()).containsExactly("set_timer");
    }

    @Test
    void toolWithAnEffectWaitsWhileTheAnswerIsHeld() {
        heard("Remember that my car is on level three and");
        answering.hold(now);
        later(5_000, false);
        assertThat(calls()).isEmpty();
        answering.release(now);
        later(1, false);
        assertThat(calls()).containsExactly("remember");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ever.", "Am am, he?", "Go, kid,", "In fair,,"})
    void inventionsOfTheRecogniserSayNothingOverAnAnswer(String words) {
        assertThat(answering.meaningless(words)).as("there is no answer").isFalse();
        heard("What can you do?");
        work();
        assertThat(answering.meaningless(words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Stop.", "Stop talking.", "Never mind.", "Be quiet, please.", "No.", "Tell me",
            "Tell me,", "What time is it?", "Hello.", "Mm-hm.", "Colourless green ideas sleep."})
    void wordsWithAMeaningInterrupt(String words) {
        heard("What can you do?");
        work();
        assertThat(answering.meaningless(words)).isFalse();
    }

    @Test
    void toolThatWasCalledIsNotCalledAgainForTheRest() {
        heard("Remember that my car is on level three and");
        later(2_000, false);
        assertThat(calls()).containsExactly("remember");
        assertThat(answering.joins(now)).isFalse();
    }

    @Test
    void otherWordsDoNotDropAToolThatWaits() {
        heard("Remember that my car is on level three and");
        answering.interrupt(now);
        heard("Thank you.");
        assertThat(calls()).containsExactly("remember");
    }

    @Test
    void refusalDropsAToolThatWaits() {
        heard("Remember that my car is on level three and");
        answering.interrupt(now);
        heard("No, never mind.");
        later(5_000, false);
        assertThat(calls()).isEmpty();
    }

    @Test
    void toolThatWaitsForTheUserIsNotDueAgainAndAgain() {
        heard("Remember that my car is on level three and");
        later(3_000, true);
        assertThat(answering.next(now)).isEmpty();
    }

    @Test
    void questionThatMakesSenseAloneIsNotJoined() {
        heard("The colourless green ideas sleep furiously.");
        assertThat(answering.joins(now)).isTrue();
        assertThat(answering.joined("What time is it?")).isEmpty();
        assertThat(answering.joined("x".repeat(300))).isEmpty();
    }

    @Test
    void noticeEndsAQuestion() {
        heard("The colourless green ideas sleep furiously.");
        work();
        later(60_000, false);
        answering.notice("Your timer is over.");
        later(1, false);
        assertThat(answering.joins(now)).isFalse();
    }

    @Test
    void typedTextIsFinal() {
        answering.typed("Remember that my car is on level three and", now);
        assertThat(calls()).containsExactly("remember");
        assertThat(answering.joins(now)).isFalse();
    }

    @Test
    void resultOfAToolWaitsForTheRelease() {
        heard("What time is it?");
        var call = (ToolCall) events.getLast();
        answering.hold(now);
        answering.toolResult(call.toolUseId(), "{\"error\":\"There is no clock.\"}", now);
        work();
        assertThat(spoken).isEmpty();
        answering.release(now);
        work();
        assertThat(spoken).isNotEmpty();
    }

    private void heard(String text) {
        answering.heard(text, now);
    }

    private void later(long millis, boolean talking) {
        now = now.plusMillis(millis);
        answering.tick(talking, now);
        work();
    }

    private void work() {
        while (!work.isEmpty()) {
            work.remove().run();
            speaking.spoken(made.remove(), now);
        }
    }

    private List<String> calls() {
        return events.stream()
                .filter(ToolCall.class::isInstance)
                .map(event -> ((ToolCall) event).name())
                .toList();
    }
}
