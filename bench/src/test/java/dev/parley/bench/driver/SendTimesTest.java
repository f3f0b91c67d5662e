package dev.parley.bench.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendTimesTest {
    private final SendTimes times = new SendTimes();

    @Test
    void givesTheOldestFirstAcrossGrowthAndWrapping() {
        for (int i = 0; i < 3; i++) {
            times.add(i);
        }
        assertThat(times.poll()).isZero();
        for (int i = 3; i < 20; i++) {
            times.add(i);
        }
        for (int i = 1; i < 20; i++) {
            assertThat(times.poll()).isEqualTo(i);
        }
        assertThat(times.poll()).isEqualTo(-1);
    }

    @Test
    void isFullAtItsLimit() {
        for (int i = 0; i < 1_024; i++) {
            assertThat(times.isFull()).isFalse();
            times.add(i);
        }
        assertThat(times.isFull()).isTrue();
    }
}
