package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {2, 12, 40, 90})
    void soundThatWasLostDelaysBurstsForSomeSecondsOnly(int framesAtOnce) {
        arrives(32);
        arrives(5_000);
        assertThat(arrives(0)).isBefore(now.minusSeconds(4));
        Instant end = now.plusSeconds(7);
        while (now.isBefore(end)) {
            burst(framesAtOnce);
        }

        assertThat(burst(framesAtOnce)).isEqualTo(now);
    }

    @Test
    void networkThatCatchesUpSlowlyIsNotSteady() {
        arrives(32);
        Instant before = now;
        arrives(5_000);
        for (int i = 2; i < 300; i++) {
            assertThat(arrives(20)).isEqualTo(before.plus(FRAME.multipliedBy(i)));
        }
    }

    @Test
    void networkThatFailsTwiceIsNotSteady() {
        arrives(32);
        Instant before = now;
        arrives(5_000);
        arrives(2_000);
        for (int i = 3; i < 200; i++) {
            assertThat(arrives(16)).isEqualTo(before.plus(FRAME.multipliedBy(i)));
        }
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

    /** Returns when the last of these frames was recorded, which arrive together after as long as they last. */
    private Instant burst(int frames) {
        Instant recorded = arrives(frames * 32);
        for (int i = 1; i < frames; i++) {
            recorded = arrives(0);
        }
        return recorded;
    }

    private Instant arrives(int millisLater) {
        now = now.plusMillis(millisLater);
        return time.of(now, FRAME);
    }
}
