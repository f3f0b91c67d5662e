package dev.parley.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.Continuation;
import dev.parley.voice.language.Prompt.ToolUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final String WORDS = "word ".repeat(60);

    @Test
    void olderTurnsAreSummarisedByTheModelInTheBackground() {
        var at = new Harness(CascadeOptions.defaults().withRules("RULES").withWindow(500),
                Continuation.none()).prompted();
        for (int i = 1; i <= 3; i++) {
            at.exchange("Question " + i + " " + WORDS, "Reply " + i + ".");
        }
        assertThat(at.model.requests).hasSize(3);
        at.exchange("Question 4 " + WORDS, "Reply 4.");
        var summary = at.model.last();
        assertThat(at.model.requests).hasSize(5);
        assertThat(summary.prompt.system()).startsWith("Summarise").contains("data");
        assertThat(at.messages()).hasSize(1)
                .first()
                .asString()
                .contains("User: Question 1", "Assistant: Reply 1.")
                .doesNotContain("Question 4");
        assertThat(at.answers.floor()).as("nobody waits for it").hasToString("FREE");

        summary.text("They asked ", "four things.").done();
        at.ask("Question 5");

        assertThat(at.model.last().prompt.system())
                .endsWith("What was said before, in short: They asked four things.");
        assertThat(at.messages()).noneMatch(line -> line.contains("Question 1"))
                .last()
                .isEqualTo("user: Question 5");
        assertThat(at.messages()).anyMatch(line -> line.contains("Question 4"));
    }

    @Test
    void summaryThatFailsLeavesTheOldTurnsOut() {
        var at = new Harness(CascadeOptions.defaults().withWindow(500), Continuation.none()).prompted();
        for (int i = 1; i <= 4; i++) {
            at.exchange("Question " + i + " " + WORDS, "Reply " + i + ".");
        }
        at.model.last().fail(dev.parley.voice.language.GenerationFailure.Kind.CUT);

        at.ask("Question 5");

        assertThat(at.messages()).noneMatch(line -> line.contains("Question 1"));
    }

    @Test
    void requestCarriesTheNewestTurnsOfTheWindow() {
        var history = new History(1_000);
        for (int i = 0; i < 20; i++) {
            history.begin(TurnMessages.of(i + " " + "x".repeat(200))).close(false);
        }

        assertThat(history.messages()).hasSize(4);
        assertThat(history.messages().getLast()).hasToString("User[text=19 " + "x".repeat(200) + "]");
        history.begin(TurnMessages.of("y".repeat(5_000)));
        assertThat(history.messages()).as("the newest turn in any case").hasSize(1);
    }

    @Test
    void longResultOfAToolIsCut() {
        var turn = TurnMessages.of("Find it.");
        turn.calls("", List.of(new ToolUse("a", "find", "{}")));
        turn.result("a", "find", "x".repeat(50_000));

        assertThat(turn.length()).isLessThan(TurnMessages.LONGEST_RESULT + 200);
    }

    @Test
    void textsOfOthersAreNotPartOfTheReply() {
        var turn = TurnMessages.of("Hello.");
        turn.saying("Hi.");
        turn.said("One moment.");
        turn.said("Hi.");
        turn.close(false);

        assertThat(turn.messages()).last().hasToString("Assistant[text=Hi., calls=[]]");
    }

    @Test
    void sentenceWhoseSoundWasLostCountsAsUnheard() {
        var turn = TurnMessages.of("Hello.");
        turn.saying("One.");
        turn.saying("Two.");
        turn.said("Two.");
        turn.close(false);

        assertThat(turn.messages()).last().hasToString("Assistant[text=Two., calls=[]]");
    }
}
