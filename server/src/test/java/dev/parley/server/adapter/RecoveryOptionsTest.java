package dev.parley.server.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryOptionsTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 1, 1, maxDisconnectionDuration must be positive, and is PT0S",
            "1, 0, 1, 1, maxEvents must be positive, and is 0",
            "1, 1, -5, 1, maxBytes must be positive, and is -5",
            "1, 1, 1, 0, maxSessions must be positive, and is 0"})
    void refusalNamesTheOption(int seconds, int events, long bytes, int sessions, String before,
            String after) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RecoveryOptions(Duration.ofSeconds(seconds), true, events, bytes, sessions))
                .withMessage(before + ", " + after);
    }

    @Test
    void anyPositiveTimeIsTaken() {
        assertThat(RecoveryOptions.within(Duration.ofSeconds(Long.MAX_VALUE)).maxEvents()).isPositive();
    }
}
