package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.turn.Floor;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.AssistantText;
import dev.parley.voice.ModelEvent.Audio;
import dev.parley.voice.ModelEvent.AudioEnd;
import dev.parley.voice.ModelEvent.Interrupted;
import dev.parley.voice.ModelEvent.Paused;
import dev.parley.voice.ModelEvent.Resumed;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A voice that takes 10 ms for each character. Synthesis happens when the test says so. */
class SpeakingTest {

    private static final String FIRST = "The first one is long, and it has two clauses.";
    private static final String SECOND = "Shall I go on?";

    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final ArrayDeque<Message.Spoken> made = new ArrayDeque<>();
    private final List<ModelEvent> events = new ArrayList<>();
    private final List<String> synthesised = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Speaking speaking = speaking(true);

    private Speaking speaking(boolean pausable) {
        return new Speaking(new SteadyVoice(synthesised), work::add, pausable,
                message -> made.add((Message.Spoken) message), events::add, new Meter(), new BlockIds());
    }

    @Test
    void saysEachSentenceAndReportsItWhenItWasHeard() {
        say(FIRST + " " + SECOND);
        assertThat(kinds()).containsExactly("text", "audio", "end", "text", "audio", "end");
        later(FIRST.length() * 10 + 200);
        assertThat(finals()).containsExactly(FIRST);
        later(SECOND.length() * 10 + 200);
        assertThat(finals()).containsExactly(FIRST, SECOND);
        assertThat(speaking.going()).isFalse();
    }

    @Test
    void openAnswerReportsTheEndOfASentenceWhenTheNextComes() {
        append(FIRST);
        assertThat(kinds()).containsExactly("text", "audio");
        append(SECOND);
        assertThat(kinds()).containsExactly("text", "audio", "end", "text", "audio");

        speaking.end(now);

        assertThat(ends()).containsExactly(StopReason.PARTIAL_TURN, StopReason.END_TURN);
        later(10_000);
        assertThat(finals()).containsExactly(FIRST, SECOND);
        assertThat(((AssistantText) events.getLast()).stop()).isEqualTo(StopReason.END_TURN);
        assertThat(speaking.going()).isFalse();
    }

    @Test
    void openAnswerThatWasHeardWaitsForItsRest() {
        append(FIRST);
        later(10_000);
        assertThat(finals()).isEmpty();
        assertThat(speaking.going()).isTrue();

        append(SECOND);
        assertThat(finals()).containsExactly(FIRST);
        later(10_000);
        speaking.end(now);

        assertThat(finals()).containsExactly(FIRST, SECOND);
        assertThat(ends()).containsExactly(StopReason.PARTIAL_TURN, StopReason.END_TURN);
        assertThat(speaking.going()).isFalse();
    }

    @Test
    void answerThatEndsBeforeItsSynthesisIsMarked() {
        speaking.append(FIRST, 1, now);
        speaking.append(SECOND, 1, now);
        speaking.end(now);
        work();
        assertThat(ends()).containsExactly(StopReason.PARTIAL_TURN, StopReason.END_TURN);

        speaking.append(FIRST, 1, now);
        speaking.end(now);
        work();
        assertThat(ends()).endsWith(StopReason.END_TURN);
    }

    @Test
    void interruptedOpenAnswerReportsWhatWasHeard() {
        append(FIRST);
        later(10_000);
        append(SECOND);
        later(150);
        events.clear();

        speaking.interrupt(now);

        assertThat(events).first().isInstanceOf(Interrupted.class);
        assertThat(finals()).containsExactly("Shall I");
        assertThat(speaking.going()).isFalse();
    }

    @Test
    void openAnswerThatWasHeardIsInterruptedWhole() {
        append(FIRST);
        later(10_000);

        speaking.interrupt(now);

        assertThat(finals()).containsExactly(FIRST);
        assertThat(events).last().isInstanceOf(Interrupted.class);
    }

    @Test
    void pausedOpenAnswerIsSaidAgainAndStaysOpen() {
        append(FIRST);
        later(300);
        speaking.hold(now);
        speaking.release(now);
        work();
        assertThat(ends()).isEmpty();

        speaking.end(now);

        assertThat(ends()).containsExactly(StopReason.END_TURN);
        later(10_000);
        assertThat(finals()).containsExactly(FIRST);
    }

    @Test
    void pausedAnswerGoesOnAtTheLastClause() {
        say(FIRST + " " + SECOND);
        later(300);
        events.clear();
        synthesised.clear();

        speaking.hold(now);
        assertThat(events).containsExactly(new Paused());
        later(10_000);
        assertThat(events).as("nothing is said meanwhile").containsExactly(new Paused());
        assertThat(speaking.going()).isTrue();

        speaking.release(now);
        work();
        assertThat(events.get(1)).isEqualTo(new Resumed());
        assertThat(synthesised).containsExactly("and it has two clauses.", SECOND);
        assertThat(kinds()).as("the texts were announced before")
                .containsExactly("Paused", "Resumed", "audio", "end", "audio", "end");
        later(10_000);
        assertThat(finals()).containsExactly(FIRST, SECOND);
    }

    @Test
    void interruptionOfAPausedAnswerReportsWhatWasHeardBeforeThePause() {
        say(FIRST);
        later(150);
        speaking.hold(now);
        later(10_000);
        events.clear();

        speaking.interrupt(now);
        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).isEqualTo(new Interrupted());
        assertThat(events.getLast()).isInstanceOfSatisfying(AssistantText.class, text -> {
            assertThat(text.stop()).isEqualTo(StopReason.INTERRUPTED);
            assertThat(text.text()).isEqualTo("The first");
        });
        assertThat(speaking.going()).isFalse();
    }

    @Test
    void playerThatCannotPauseGetsNothingNewWhileTheAnswerIsHeld() {
        speaking = speaking(false);
        speaking.say(FIRST + " " + SECOND, 1, now);
        speaking.hold(now);
        work();
        assertThat(events).isEmpty();

        speaking.release(now);
        work();
        assertThat(kinds()).containsExactly("text", "audio", "end", "text", "audio", "end");
        assertThat(synthesised).endsWith(FIRST, SECOND);
    }

    @Test
    void answerThatIsDueIsHeldWithoutAPause() {
        speaking.say(FIRST, 1, now);
        assertThat(speaking.floor()).isEqualTo(Floor.DUE);
        speaking.hold(now);
        work();
        assertThat(events).isEmpty();
        speaking.say(SECOND, 1, now);
        speaking.release(now);
        work();
        assertThat(kinds()).containsExactly("text", "audio", "end", "text", "audio", "end");
    }

    @Test
    void floorIsAskingFromTheQuestionOn() {
        say(FIRST + " " + SECOND);
        assertThat(speaking.floor()).isEqualTo(Floor.SPEAKING);
        later(FIRST.length() * 10 + 150);
        assertThat(speaking.floor()).isEqualTo(Floor.ASKING);
        speaking.hold(now);
        assertThat(speaking.floor()).as("while it is paused").isEqualTo(Floor.ASKING);
    }

    @Test
    void choiceIsAQuestion() {
        say("Please say yes or no.");
        assertThat(speaking.floor()).isEqualTo(Floor.ASKING);
    }

    @Test
    void secondPauseBeforeTheRestIsHeardKnowsWhatTheFirstKnew() {
        say(SECOND);
        later(120);
        speaking.hold(now);
        speaking.release(now);
        speaking.hold(now);
        assertThat(speaking.floor()).isEqualTo(Floor.ASKING);
        assertThat(kinds()).endsWith("Paused", "Resumed", "Paused");
        events.clear();
        speaking.interrupt(now);
        assertThat(events.getLast()).isInstanceOfSatisfying(AssistantText.class,
                text -> assertThat(text.text()).isEqualTo("Shall"));
    }

    @Test
    void pausesTwice() {
        say(FIRST);
        later(300);
        speaking.hold(now);
        speaking.release(now);
        work();
        later(20);
        speaking.hold(now);
        synthesised.clear();
        speaking.release(now);
        work();
        assertThat(synthesised).containsExactly("and it has two clauses.");
    }

    @Test
    void pausedBlockOfCodeIsAnnouncedAgainAndNotReadFromItsMiddle() {
        String code = "```\nfirst(one), second(two), third(three)\n```";
        say(code);
        later(300);
        speaking.hold(now);
        synthesised.clear();
        speaking.release(now);
        work();
        assertThat(synthesised).containsExactly(code);
    }

    @Test
    void slowerSpeechIsHeardLonger() {
        speaking.say(FIRST, 0.5, now);
        work();
        later(FIRST.length() * 10 + 200);
        assertThat(finals()).isEmpty();
        later(FIRST.length() * 10L);
        assertThat(finals()).containsExactly(FIRST);
    }

    private void say(String text) {
        speaking.say(text, 1, now);
        work();
    }

    /** Does the work of the other threads. */
    private void work() {
        while (!work.isEmpty() || !made.isEmpty()) {
            if (!work.isEmpty()) {
                work.remove().run();
            }
            if (!made.isEmpty()) {
                speaking.spoken(made.remove(), now);
            }
        }
    }

    private void later(long millis) {
        now = now.plusMillis(millis);
        speaking.tick(now);
        work();
    }

    private List<String> finals() {
        return events.stream()
                .filter(event -> event instanceof AssistantText text && text.stage() == Stage.FINAL)
                .map(event -> ((AssistantText) event).text())
                .toList();
    }

    /** Returns the kinds of the events, without usage and texts that were said; pieces of one sound count once. */
    private List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (var event : events) {
            String kind = switch (event) {
                case AssistantText text when text.stage() == Stage.SPECULATIVE -> "text";
                case AssistantText text -> "";
                case Audio piece -> kinds.isEmpty() || !kinds.getLast().equals("audio") ? "audio" : "";
                case AudioEnd end -> "end";
                case ModelEvent.Usage usage -> "";
                default -> event.getClass().getSimpleName();
            };
            if (!kind.isEmpty()) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private void append(String text) {
        speaking.append(text, 1, now);
        work();
    }

    private List<StopReason> ends() {
        return events.stream()
                .filter(AudioEnd.class::isInstance)
                .map(event -> ((AudioEnd) event).stop())
                .toList();
    }
}
