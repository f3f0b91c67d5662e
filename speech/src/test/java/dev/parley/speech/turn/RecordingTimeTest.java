package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingTimeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration FRAME = Duration.ofMillis(32);

    private final RecordingTime time = new RecordingTime(true);
    private Instant now = START;

    @Test
    void steadySoundIsRecordedWhenItArrives() {
        for (int i = 0; i < 100; i++) {
            assertThat(arrives(i % 2 == 0 ? 10 : 54)).isEqualTo(now);
        }
    }

    @Test
    void delayedSoundFollowsTheSoundBeforeTheGap() {
        arrives(32);
        Instant before = now;

        assertThat(arrives(2_000)).isEqualTo(before.plus(FRAME));
        assertThat(arrives(0)).isEqualTo(before.plus(FRAME.multipliedBy(2)));
        assertThat(arrives(50)).isEqualTo(before.plus(FRAME.multipliedBy(3)));
        for (int i = 0; i < 70; i++) {
            arrives(0);
        }

        assertThat(arrives(32)).isEqualTo(now);
    }

    @Test
    void soundThatWasLostDelaysTheRestForASecond() {
        arrives(32);
        arrives(5_000);
        for (int i = 0; i < 30; i++) {
            assertThat(arrives(32)).isBefore(now);
        }
        arrives(32);

        assertThat(arrives(32)).isEqualTo(now);
    }

    @Test
    void delayIsLimited() {
        arrives(32);

        assertThat(arrives(60_000)).isEqualTo(now.minusSeconds(15));
    }

    @Test
    void frontEndThatSendsNothingLaterHasNoDelay() {
        var plain = new RecordingTime(false);
        plain.of(START, FRAME);

        assertThat(plain.of(START.plusSeconds(5), FRAME)).isEqualTo(START.plusSeconds(5));
    }

    private Instant arrives(int millisLater) {
        now = now.plusMillis(millisLater);
        return time.of(now, FRAME);
    }
}
