package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.spring.SocketIoServerLifecycle.State;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class SocketIoHealthIndicatorTest {
    @Test
    void isUpWithPortAndSessionsWhileItListens() {
        assertThat(health(State.LISTENING))
                .isEqualTo(Health.up().withDetails(Map.of("port", 3001, "sessions", 7)).build());
    }

    @Test
    void isOutOfServiceWhileItDrains() {
        assertThat(health(State.DRAINING)).isEqualTo(Health.outOfService().withDetail("sessions", 7).build());
    }

    @Test
    void isDownBeforeItListensAndWhenItIsClosed() {
        var down = Health.down().withDetail("reason", "does not listen").build();
        assertThat(health(State.IDLE)).isEqualTo(down);
        assertThat(health(State.CLOSED)).isEqualTo(down);
    }

    private static Health health(State state) {
        return new SocketIoHealthIndicator(() -> 7, () -> state, () -> 3001).health();
    }
}
