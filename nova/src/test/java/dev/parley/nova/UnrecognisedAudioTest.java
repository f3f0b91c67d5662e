package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnrecognisedAudioTest {

    private static final Duration THREE = Duration.ofSeconds(3);

    @Test
    void audioIsKeptForThreeSecondsUntilRecognised() {
        var audio = new UnrecognisedAudio();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 200; i++) {
            now = now.plusMillis(32);
            audio.add(ChainScript.pcm(i > 50 && i < 100), now, THREE);
        }
        assertThat(audio.forNextStream()).hasSizeBetween(92, 94);
        assertThat(audio.since()).isPresent();
        assertThat(audio.complete()).isFalse();
        audio.recognised(now);
        assertThat(audio.forNextStream()).isEmpty();
        assertThat(audio.complete()).isTrue();
    }

    @Test
    void continuingSpeechIsKeptFromItsBeginning() {
        var audio = new UnrecognisedAudio();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 90; i++) {
            now = now.plusMillis(32);
            audio.add(ChainScript.pcm(i < 10 || i > 60), now, THREE);
        }
        audio.recognised(now);
        assertThat(audio.forNextStream()).hasSizeBetween(29, 40);
        assertThat(audio.complete()).isTrue();
    }

    @Test
    void loudNoiseNeverRecognisedIsNoSpeech() {
        var audio = new UnrecognisedAudio();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 400; i++) {
            now = now.plusMillis(32);
            audio.add(ChainScript.pcm(i == 60), now, THREE);
        }
        audio.dropNoise(Instant.EPOCH, now);
        assertThat(audio.since()).isEmpty();
    }
}
