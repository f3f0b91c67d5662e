package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TimeoutThreadTest {
    @Test
    void aTimeoutMayBeLongerThanNanosecondsCanCount() {
        try (var timeouts = new TimeoutThread()) {
            var late = new CompletableFuture<Void>();
            var soon = new CompletableFuture<Void>();
            timeouts.after(Duration.ofSeconds(Long.MAX_VALUE), () -> late.complete(null));
            timeouts.after(Duration.ofSeconds(-1), () -> soon.complete(null));
            soon.join();
            assertThat(late).isNotDone();
        }
    }
}
