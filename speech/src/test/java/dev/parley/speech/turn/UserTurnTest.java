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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserTurnTest {

    private final UserTurn turn = new UserTurn(Pauses.defaults());
    private boolean answering;

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
    void endsAFinishedSentenceAfter320Milliseconds() {
        voice(20);
        silence(6);
        assertThat(decoded(1, "What time is it?")).isEmpty();
        assertThat(silence(3)).isEmpty();
        assertThat(silence(1)).containsExactly(new Heard("What time is it?"));
        assertThat(turn.talking()).isFalse();
    }

    @Test
    void waits640MillisecondsWhenTheSentenceSeemsToGoOn() {
        voice(20);
        silence(6);
        decoded(1, "What time is it in");
        assertThat(silence(13)).isEmpty();
        assertThat(silence(1)).containsExactly(new Heard("What time is it in"));
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
    void interruptsAnAnswerWithinFourFrames() {
        answering = true;
        assertThat(voice(3)).containsExactly(new Begin());
        assertThat(voice(1)).as("128 ms of voice").containsExactly(new BargeIn());
    }

    @Test
    void doesNotInterruptForAMurmur() {
        answering = true;
        voice(3);
        assertThat(silence(6)).containsExactly(new Decode(1));
        decoded(1, "Mm-hm.");
        assertThat(silence(4)).containsExactly(new Dismissed());
    }

    @Test
    void interruptsAnAnswerThatBeginsWhileTheUserSpeaks() {
        voice(30);
        answering = true;
        assertThat(voice(1)).containsExactly(new BargeIn());
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
        decoded(1, "All of it.");
        assertThat(silence(4)).containsExactly(new Heard("All of it."));
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
            effects.addAll(turn.frame(voice, answering));
        }
        return effects;
    }

    private List<Effect> decoded(int attempt, String text) {
        return turn.decoded(attempt, text, answering);
    }
}
