package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.turn.UserTurn.Effect;
import dev.parley.speech.turn.UserTurn.Effect.BargeIn;
import dev.parley.speech.turn.UserTurn.Effect.Begin;
import dev.parley.speech.turn.UserTurn.Effect.Cancel;
import dev.parley.speech.turn.UserTurn.Effect.Cut;
import dev.parley.speech.turn.UserTurn.Effect.Decode;
import dev.parley.speech.turn.UserTurn.Effect.Dismissed;
import dev.parley.speech.turn.UserTurn.Effect.Heard;
import dev.parley.speech.turn.UserTurn.Effect.Hold;
import dev.parley.speech.turn.UserTurn.Effect.Release;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTurnTest {

    private final UserTurn turn = new UserTurn(Pauses.defaults());
    private Floor floor = Floor.FREE;

    @Test
    void beginsWithTheThirdFrameOfVoice() {
        assertThat(voice(2)).isEmpty();
        assertThat(voice(1)).containsExactly(new Begin());
        assertThat(turn.talking()).isTrue();
    }

    @Test
    void takesAClickForNothing() {
        assertThat(voice(2)).isEmpty();
        assertThat(silence(1)).isEmpty();
        assertThat(voice(2)).isEmpty();
        assertThat(turn.talking()).isFalse();
    }

    @Test
    void decodesAfter192MillisecondsOfSilence() {
        voice(20);
        assertThat(silence(5)).isEmpty();
        assertThat(silence(1)).containsExactly(new Decode(1));
    }

    @Test
    void endsAWholeSentenceAfter320Milliseconds() {
        voice(20);
        silence(6);
        assertThat(decoded(1, "What time is it?")).isEmpty();
        assertThat(silence(3)).isEmpty();
        assertThat(silence(1)).containsExactly(new Heard("What time is it?"));
        assertThat(turn.talking()).isFalse();
    }

    @Test
    void probableEndIsKnownWithTheWordsAndGoneWithTheVoice() {
        voice(20);
        silence(6);
        assertThat(turn.probableEnd()).isEmpty();
        decoded(1, "What time is it?");
        assertThat(turn.probableEnd()).contains("What time is it?");
        voice(1);
        assertThat(turn.probableEnd()).isEmpty();
    }

    @Test
    void unfinishedWordsAndMurmursAreNoProbableEnd() {
        voice(20);
        silence(6);
        decoded(1, "Set a timer for");
        assertThat(turn.probableEnd()).isEmpty();
        voice(20);
        silence(6);
        decoded(2, "Um.");
        assertThat(turn.probableEnd()).isEmpty();
    }

    @Test
    void endedTurnHasNoProbableEnd() {
        voice(20);
        silence(12);
        decoded(1, "What time is it?");
        assertThat(turn.probableEnd()).isEmpty();
    }

    @Test
    void waits640MillisecondsWhenTheSentenceCouldGoOn() {
        voice(20);
        silence(6);
        decoded(1, "What time is it");
        assertThat(silence(13)).isEmpty();
        assertThat(silence(1)).containsExactly(new Heard("What time is it"));
    }

    @Test
    void waits1600MillisecondsForTheRestOfASentence() {
        voice(20);
        silence(6);
        decoded(1, "What time is it in.");
        assertThat(silence(43)).isEmpty();
        assertThat(silence(1)).containsExactly(new Heard("What time is it in."));
    }

    @Test
    void endsAsSoonAsALateDecodeIsThere() {
        voice(20);
        assertThat(silence(60)).containsExactly(new Decode(1));
        assertThat(decoded(1, "Hello")).containsExactly(new Heard("Hello"));
    }

    @Test
    void dropsTheDecodeWhenTheUserGoesOn() {
        voice(20);
        silence(6);
        assertThat(voice(1)).containsExactly(new Cancel(1));
        assertThat(decoded(1, "What time.")).as("a late result").isEmpty();
        assertThat(silence(6)).containsExactly(new Decode(2));
        decoded(2, "What time is it?");
        assertThat(silence(4)).containsExactly(new Heard("What time is it?"));
    }

    @Test
    void dismissesASoundWithoutWords() {
        voice(5);
        silence(6);
        decoded(1, "");
        assertThat(silence(14)).containsExactly(new Dismissed());
    }

    @Test
    void holdsAnAnswerAfterFourFramesOfVoice() {
        floor = Floor.SPEAKING;
        assertThat(voice(3)).containsExactly(new Begin());
        assertThat(voice(1)).as("128 ms of voice").containsExactly(new Hold());
        assertThat(voice(40)).isEmpty();
    }

    @Test
    void dropsTheAnswerWhenWordsInterruptIt() {
        floor = Floor.SPEAKING;
        voice(20);
        assertThat(silence(6)).containsExactly(new Decode(1));
        assertThat(decoded(1, "What about tomorrow?")).containsExactly(new BargeIn());
        floor = Floor.FREE;
        assertThat(silence(4)).containsExactly(new Heard("What about tomorrow?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mm-hm.", "Yeah.", "Okay, right.", "", "Hmm.", "A. H. M. N.", "I see."})
    void goesOnAfterABackchannel(String words) {
        floor = Floor.SPEAKING;
        voice(10);
        silence(6);
        assertThat(decoded(1, words)).containsExactly(new Release());
        assertThat(silence(60)).containsExactly(new Dismissed());
        assertThat(turn.talking()).isFalse();
    }

    @Test
    void goesOnWithTheAnswerThatIsDueAfterAMurmur() {
        floor = Floor.DUE;
        assertThat(voice(10)).containsExactly(new Begin(), new Hold());
        silence(6);
        assertThat(decoded(1, "Hmm.")).containsExactly(new Release());
        assertThat(silence(14)).containsExactly(new Dismissed());
    }

    @Test
    void backchannelThatGoesOnBecomesAnInterruption() {
        floor = Floor.SPEAKING;
        voice(10);
        silence(6);
        assertThat(decoded(1, "Okay.")).containsExactly(new Release());
        assertThat(voice(4)).containsExactly(new Cancel(1), new Hold());
        voice(20);
        silence(6);
        assertThat(decoded(2, "Okay, and what about Rome?")).containsExactly(new BargeIn());
    }

    @Test
    void yesIsAnAnswerToAQuestion() {
        floor = Floor.ASKING;
        voice(10);
        silence(6);
        assertThat(decoded(1, "Yes.")).containsExactly(new BargeIn());
        floor = Floor.FREE;
        assertThat(silence(4)).containsExactly(new Heard("Yes."));
    }

    @Test
    void murmurIsNoAnswerToAQuestion() {
        floor = Floor.ASKING;
        voice(10);
        silence(6);
        assertThat(decoded(1, "Hmm.")).containsExactly(new Release());
    }

    @Test
    void yesIsHeardWhenThereIsNoAnswer() {
        voice(10);
        silence(6);
        decoded(1, "Yes.");
        assertThat(silence(4)).containsExactly(new Heard("Yes."));
    }

    @Test
    void noInterruptsAnyAnswer() {
        floor = Floor.SPEAKING;
        voice(3);
        silence(6);
        assertThat(decoded(1, "No.")).as("too short to hold the answer").containsExactly(new BargeIn());
    }

    @Test
    void waitHoldsTheAnswerUntilTheUserSpeaksAgain() {
        floor = Floor.SPEAKING;
        voice(10);
        silence(6);
        assertThat(decoded(1, "Wait.")).isEmpty();
        assertThat(silence(200)).containsExactly(new Dismissed());
        voice(10);
        silence(6);
        assertThat(decoded(2, "Hmm.")).as("a murmur does not end the wait").isEmpty();
        assertThat(silence(60)).containsExactly(new Dismissed());
        voice(10);
        silence(6);
        assertThat(decoded(3, "Okay, go on.")).containsExactly(new Release());
    }

    @Test
    void answerGoesOnThirtySecondsAfterWait() {
        floor = Floor.SPEAKING;
        voice(10);
        silence(6);
        decoded(1, "Wait.");
        assertThat(turn.needsFrames()).isTrue();
        assertThat(silence(UserTurn.WAIT_FRAMES - 1)).containsExactly(new Dismissed());
        assertThat(silence(2)).containsExactly(new Release());
        assertThat(turn.needsFrames()).isFalse();
    }

    @Test
    void wordsEndAWait() {
        floor = Floor.SPEAKING;
        voice(10);
        silence(6);
        decoded(1, "Wait.");
        silence(60);
        voice(20);
        silence(6);
        assertThat(decoded(2, "Tell me the time.")).containsExactly(new BargeIn());
    }

    @Test
    void holdsAnAnswerThatBeginsWhileTheUserSpeaks() {
        voice(30);
        floor = Floor.DUE;
        assertThat(voice(1)).containsExactly(new Hold());
    }

    @Test
    void holdsTheNextAnswerAfterAHeldOneWasReplaced() {
        floor = Floor.SPEAKING;
        voice(10);
        silence(6);
        decoded(1, "Wait.");
        silence(60);
        turn.answerReplaced();
        assertThat(voice(4)).containsExactly(new Begin(), new Hold());
    }

    @Test
    void waitsLongerForASpeakerWhoseTurnsWereCut() {
        voice(20);
        silence(6);
        decoded(1, "Hello there, how are you.");
        assertThat(silence(4)).containsExactly(new Heard("Hello there, how are you."));
        silence(35);
        voice(20);
        silence(6);
        decoded(2, "In this cold place today.");
        assertThat(silence(4)).containsExactly(new Heard("In this cold place today."));
        turn.continued(); // after a pause of 1.4 s
        voice(20);
        silence(6);
        decoded(3, "What time is it?");
        assertThat(silence(4)).as("the usual wait").isEmpty();
        assertThat(silence(6)).containsExactly(new Heard("What time is it?"));
    }

    @Test
    void wordsThatDroppedAnAnswerAreHeardEvenIfTheyBecomeABackchannel() {
        floor = Floor.SPEAKING;
        voice(10);
        silence(5);
        assertThat(decoded(1, "Go.")).containsExactly(new BargeIn());
        floor = Floor.FREE;
        voice(10);
        silence(6);
        decoded(2, "Go on.");
        assertThat(silence(4)).containsExactly(new Heard("Go on."));
    }

    @Test
    void murmursDoNotProlongAWait() {
        floor = Floor.SPEAKING;
        voice(10);
        silence(6);
        decoded(1, "Wait.");
        silence(500);
        voice(10);
        silence(6);
        decoded(2, "Hmm.");
        assertThat(silence(UserTurn.WAIT_FRAMES - 500 - 16 - 7)).containsExactly(new Dismissed());
        assertThat(silence(10)).containsExactly(new Release());
    }

    @Test
    void yesIsHeardWhenTheHeldAnswerHasEnded() {
        floor = Floor.ASKING;
        voice(10);
        silence(6);
        decoded(1, "One moment.");
        silence(60);
        floor = Floor.FREE;
        voice(10);
        silence(6);
        decoded(2, "Yes.");
        assertThat(silence(4)).contains(new Heard("Yes."));
    }

    @Test
    void cutsLongSpeechInAPauseAndKeepsItsWords() {
        voice(UserTurn.WILLING_CUT_FRAMES);
        silence(6);
        assertThat(decoded(1, "The first part,")).containsExactly(new Cut());
        assertThat(voice(20)).contains(new Cancel(2));
        assertThat(silence(6)).containsExactly(new Decode(3));
        decoded(3, "and the second.");
        assertThat(silence(4)).containsExactly(new Heard("The first part, and the second."));
    }

    @Test
    void endsLongSpeechThatWasCutInItsLastPause() {
        voice(UserTurn.WILLING_CUT_FRAMES);
        silence(6);
        decoded(1, "That is all of it.");
        assertThat(silence(4)).containsExactly(new Heard("That is all of it."));
    }

    @Test
    void cutsSpeechWithoutAPauseBeforeThirtySeconds() {
        assertThat(voice(UserTurn.FORCED_CUT_FRAMES)).containsExactly(new Begin(), new Decode(1), new Cut());
        assertThat(silence(6)).containsExactly(new Decode(2));
        assertThat(decoded(2, "end.")).as("the first part is still missing").isEmpty();
        assertThat(silence(10)).isEmpty();
        assertThat(decoded(1, "The beginning and the"))
                .containsExactly(new Heard("The beginning and the end."));
    }

    @Test
    void endsASpeechThatNeverEnds() {
        List<Effect> effects = voice((UserTurn.MAX_PIECES + 1) * UserTurn.FORCED_CUT_FRAMES + 10);
        assertThat(effects).filteredOn(Cut.class::isInstance).hasSize(UserTurn.MAX_PIECES + 1);
        assertThat(effects).filteredOn(Dismissed.class::isInstance).hasSize(1);
    }

    private List<Effect> voice(int frames) {
        return feed(frames, 0.95);
    }

    private List<Effect> silence(int frames) {
        return feed(frames, 0.02);
    }

    private List<Effect> feed(int frames, double voice) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            effects.addAll(turn.frame(voice, floor));
        }
        return effects;
    }

    private List<Effect> decoded(int attempt, String text) {
        return turn.decoded(attempt, text, floor);
    }
}
