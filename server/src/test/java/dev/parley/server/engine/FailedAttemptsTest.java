package dev.parley.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FailedAttempts attempts = new FailedAttempts();

    @Test
    void tenAreFree() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.next("192.0.2.1", START)).contains(Duration.ZERO);
            attempts.failed("192.0.2.1", START);
        }

        assertThat(attempts.next("192.0.2.1", START)).contains(Duration.ofSeconds(3));
        assertThat(attempts.next("192.0.2.1", START)).contains(Duration.ofSeconds(6));
    }

    @Test
    void fiveWaitAtMost() {
        fail("192.0.2.1", START);
        for (int i = 1; i <= 5; i++) {
            assertThat(attempts.next("192.0.2.1", START)).contains(Duration.ofSeconds(3L * i));
        }

        assertThat(attempts.next("192.0.2.1", START)).isEmpty();
        assertThat(attempts.next("192.0.2.1", START.plusSeconds(3))).contains(Duration.ofSeconds(15));
    }

    @Test
    void otherAddressesDoNotNotice() {
        fail("2001:db8::1", START);

        assertThat(attempts.next("2001:db8::2", START)).contains(Duration.ofSeconds(3));
        assertThat(attempts.next("2001:db8:1::1", START)).contains(Duration.ZERO);
    }

    @Test
    void minuteLaterAllIsForgotten() {
        fail("192.0.2.1", START);

        assertThat(attempts.next("192.0.2.1", START.plusSeconds(60))).contains(Duration.ZERO);
    }

    private void fail(String address, Instant now) {
        for (int i = 0; i < 10; i++) {
            attempts.failed(address, now);
        }
    }
}
