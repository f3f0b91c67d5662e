package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectionTest {

    @Test
    void waitsLongerEachTimeUpToTheLimit() {
        var plan = Reconnection.defaults();
        assertThat(plan.before(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(plan.before(2, 0.5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(plan.before(3, 0.5)).isEqualTo(Duration.ofSeconds(4));
        assertThat(plan.before(4, 0.5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(plan.before(1_000, 0.5)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void variesByItsJitter() {
        var plan = Reconnection.defaults();
        assertThat(plan.before(1, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(plan.before(1, 1)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void rejectsInvalidOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reconnection(-1, Duration.ZERO, Duration.ZERO, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reconnection(1, Duration.ofSeconds(2), Duration.ofSeconds(1), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Reconnection(1, Duration.ZERO, Duration.ZERO, 1.5));
    }
}
