package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Silence in place of audio that does not come. */
class SilenceFillerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void missingAudioIsSilenceAtOnce() {
        var script = new ChainScript().start().speak(SECOND);
        long before = script.soundMillis(1);

        script.idle(SECOND);

        assertThat(script.soundMillis(1) - before).isBetween(700L, 850L);
    }

    @Test
    void gapInSpeechThatMayComeLaterStaysEmpty() {
        var script = ChainScript.replaying().start().speak(SECOND);
        long before = script.soundMillis(1);

        script.idle(Duration.ofMillis(19_900));
        assertThat(script.soundMillis(1)).isEqualTo(before);

        script.idle(SECOND);
        assertThat(script.soundMillis(1)).isGreaterThan(before);
    }

    @Test
    void recognisedSpeechIsAnsweredWithoutTheBrowser() {
        var script = ChainScript.replaying().start().speak(SECOND).quiet(SECOND).idle(SECOND);
        long before = script.soundMillis(1);

        script.hears(1, "One?").idle(SECOND);

        assertThat(script.soundMillis(1)).isGreaterThan(before + 500);
    }

    @Test
    void silenceIsSentWhileNobodySpeaks() {
        var script = ChainScript.replaying().start().quiet(SECOND);
        long before = script.soundMillis(1);

        script.idle(SECOND);

        assertThat(script.soundMillis(1)).isGreaterThan(before + 500);
    }

    @Test
    void tickTooEarlyRequestsItsWakeAgain() { // the wall clock was set back
        var script = new ChainScript().start();
        assertThat(script.chain.on(new ChainInput.Tick(), ChainScript.START.plusMillis(100)))
                .containsExactly(new ChainEffect.Wake(ChainScript.START.plusMillis(250)));
    }
}
