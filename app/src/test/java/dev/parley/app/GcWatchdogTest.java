package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcWatchdogTest {
    private long seconds;
    private long gcMillis;
    private final GcWatchdog watchdog = new GcWatchdog(() -> seconds * 1_000_000_000, () -> gcMillis);

    @Test
    void healthyProcessIsNotOverloaded() {
        assertThat(after(120, 300)).isFalse();
    }

    @Test
    void heavyHalfMinuteAfterAQuietOneIsOverload() {
        assertThat(after(60, 10)).isFalse();
        assertThat(after(26, 950)).isFalse();
        assertThat(after(4, 990)).isTrue();
    }

    @Test
    void shortPauseIsNoOverload() {
        assertThat(after(20, 1_000)).isFalse();
        assertThat(after(20, 0)).isFalse();
    }

    private boolean after(int count, long gcMillisEach) {
        boolean choking = false;
        for (int i = 0; i < count; i++) {
            seconds++;
            gcMillis += gcMillisEach;
            choking = watchdog.isOverloaded();
        }
        return choking;
    }
}
