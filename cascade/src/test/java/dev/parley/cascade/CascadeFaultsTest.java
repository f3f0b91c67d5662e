package dev.parley.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.turn.Floor;
import dev.parley.voice.language.GenerationFailure.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CascadeFaultsTest {

    private final Harness at = new Harness().prompted();

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "BUSY", "PROVIDER", "CUT", "MALFORMED", "EMPTY"})
    void requestIsRepeatedWhileNothingWasSaid(Kind kind) {
        at.ask("Who was Ada Lovelace?").fail(kind);
        assertThat(at.speech.said).isEmpty();
        assertThat(at.answers.floor()).isEqualTo(Floor.DUE);
        at.later(249);
        assertThat(at.model.requests).hasSize(1);
        at.later(1);
        assertThat(at.model.requests).hasSize(2);

        at.model.last().text("A mathematician.").done();

        assertThat(at.speech.said).containsExactly("A mathematician.");
        assertThat(at.messages()).containsExactly("user: Who was Ada Lovelace?");
    }

    @Test
    void afterTwoRepetitionsTheSpeakerHearsOneSentence() {
        at.ask("Who was Ada Lovelace?").fail(Kind.CUT);
        at.later(250);
        at.model.last().fail(Kind.CUT);
        at.later(499);
        assertThat(at.model.requests).hasSize(2);
        at.later(1);
        at.model.last().fail(Kind.CUT);

        assertThat(at.speech.said).containsExactly("My language model broke off; please ask again.");
        at.speech.heardAll();
        assertThat(at.answers.floor()).isEqualTo(Floor.FREE);
        at.later(60_000);
        assertThat(at.model.requests).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY", "MODEL", "REQUEST", "REDIRECTED"})
    void faultThatWouldRepeatItselfIsSaidAtOnce(Kind kind) {
        at.ask("Who was Ada Lovelace?").fail(kind, 400, Duration.ZERO);

        assertThat(at.speech.said).hasSize(1).first().asString().startsWith("My language model ");
        assertThat(at.model.requests).hasSize(1);
        assertThat(at.input).as("nothing was generated").isZero();
    }

    @Test
    void retryAfterIsHonouredIfItIsShort() {
        at.ask("Who was Ada Lovelace?").fail(Kind.BUSY, 429, Duration.ofSeconds(2));
        at.later(1_999);
        assertThat(at.model.requests).hasSize(1);
        at.later(1);
        assertThat(at.model.requests).hasSize(2);

        at.model.last().fail(Kind.BUSY, 429, Duration.ofSeconds(30));

        assertThat(at.speech.said).endsWith("My language model is busy; please try again in a moment.");
    }

    @Test
    void silenceOfTenSecondsIsAFault() {
        var request = at.ask("Who was Ada Lovelace?");
        at.later(1_200);
        at.later(8_799);
        assertThat(request.cancelled).isFalse();
        at.later(1);
        assertThat(request.cancelled).isTrue();
        assertThat(at.speech.said).containsExactly(CascadeAnswers.FILLER);
        at.later(250);
        assertThat(at.model.requests).hasSize(2);
        at.model.last().text("A mathema");
        at.later(9_999);
        assertThat(at.model.last().cancelled).isFalse();
    }

    @Test
    void lossOfTheRestIsSaidAndNotRepeated() {
        at.ask("Who was Ada Lovelace?").text("A mathematician. She").fail(Kind.CUT);

        assertThat(at.speech.said).containsExactly("A mathematician.", "Sorry, I lost the rest of that.");
        at.speech.heardAll();
        assertThat(at.answers.floor()).isEqualTo(Floor.FREE);
    }

    @Test
    void endlessRepetitionIsStopped() {
        var request = at.ask("Who was Ada Lovelace?");
        for (int i = 0; i < 50 && !request.cancelled; i++) {
            request.text("She was a mathematician. ");
        }

        assertThat(request.cancelled).isTrue();
        assertThat(at.speech.said).hasSizeLessThan(6).endsWith("Sorry, I got stuck there.");
    }

    @Test
    void emptyReplyIsAFault() {
        at.ask("Who was Ada Lovelace?").done();
        at.later(250);
        at.model.last().done();
        at.later(500);
        at.model.last().done();

        assertThat(at.speech.said).containsExactly("Sorry, I have no answer to that.");
    }

    @Test
    void embeddedAssistantAnswersMeanwhileWhatItCan() {
        at.ask("What is your name?").fail(Kind.KEY, 401, Duration.ZERO);
        assertThat(at.speech.said).hasSize(2).first().isEqualTo("My language model does not accept my key.");
        assertThat(at.speech.said.getLast()).contains("Ada");
        at.speech.heardAll();

        at.ask("What is your name?").fail(Kind.KEY, 401, Duration.ZERO);
        assertThat(at.speech.said).as("the reason is said once").hasSize(3);
        at.speech.heardAll();

        at.ask("Who was Ada Lovelace?").fail(Kind.KEY, 401, Duration.ZERO);
        assertThat(at.speech.said).endsWith("My language model does not accept my key.");
        at.speech.heardAll();
        assertThat(at.answers.floor()).isEqualTo(Floor.FREE);
    }

    @Test
    void faultOfAnEarlyRequestIsHandledWhenTheTurnIsOver() {
        at.answers.expected("Who was Ada Lovelace?", at.now);
        at.model.last().fail(Kind.CUT);
        assertThat(at.speech.said).isEmpty();

        at.answers.heard("Who was Ada Lovelace?", at.now);
        at.later(250);

        assertThat(at.model.requests).hasSize(2);
    }

    @Test
    void interruptionEndsTheRepetition() {
        at.ask("Who was Ada Lovelace?").fail(Kind.CUT);
        at.answers.interrupt(at.now);
        at.later(10_000);

        assertThat(at.model.requests).hasSize(1);
        assertThat(at.answers.floor()).isEqualTo(Floor.FREE);
    }

    @Test
    void tokensAreEstimatedWhereTheProviderDoesNotCount() {
        at.ask("Who was Ada Lovelace?").text("She was a mathematician.").doneWithoutUsage();

        assertThat(at.output).isEqualTo(6);
        assertThat(at.input).isGreaterThan(10);
    }

    @Test
    void eachFaultHasASentenceForBoth() {
        for (Kind kind : Kind.values()) {
            assertThat(List.of(FailureTexts.spoken(kind, true), FailureTexts.spoken(kind, false)))
                    .allSatisfy(sentence -> assertThat(sentence).endsWith("."));
            assertThat(FailureTexts.advice(kind)).isNotBlank();
        }
    }
}
