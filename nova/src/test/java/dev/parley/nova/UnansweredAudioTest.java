package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnansweredAudioTest {

    private static final Duration THREE = Duration.ofSeconds(3);

    @Test
    void audioIsKeptForThreeSecondsUntilRecognised() {
        var audio = new UnansweredAudio();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 200; i++) {
            now = now.plusMillis(32);
            audio.add(RelayScript.pcm(i > 50 && i < 100), now, THREE);
        }
        assertThat(audio.pieces()).hasSizeBetween(92, 94);
        assertThat(audio.since()).isPresent();
        assertThat(audio.complete()).isFalse();
        audio.recognised(now);
        assertThat(audio.pieces()).isEmpty();
        assertThat(audio.complete()).isTrue();
    }

    @Test
    void continuingSpeechIsKeptFromItsBeginning() {
        var audio = new UnansweredAudio();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 90; i++) {
            now = now.plusMillis(32);
            audio.add(RelayScript.pcm(i < 10 || i > 60), now, THREE);
        }
        audio.recognised(now);
        assertThat(audio.pieces()).hasSizeBetween(29, 40);
        assertThat(audio.complete()).isTrue();
    }

    @Test
    void loudNoiseNeverRecognisedIsNoSpeech() {
        var audio = new UnansweredAudio();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 400; i++) {
            now = now.plusMillis(32);
            audio.add(RelayScript.pcm(i == 60), now, THREE);
        }
        assertThat(audio.since()).isEmpty();
    }
}
