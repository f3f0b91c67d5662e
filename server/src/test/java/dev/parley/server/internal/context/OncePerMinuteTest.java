package dev.parley.server.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerMinuteTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final OncePerMinute limit = new OncePerMinute(now::get);
    private final List<String> lines = new ArrayList<>();

    @Test
    void eachKindIsLoggedOnceAMinuteWithTheNumberOmitted() {
        log("a");
        log("a");
        log("b");
        now.addAndGet(MINUTE - 1);
        log("a");
        now.addAndGet(1);
        log("a");
        log("b");
        assertThat(lines).containsExactly("a 0", "b 0", "a 2", "b 0");
    }

    @Test
    void kindsAreBoundedUntilTheirMinuteIsOver() {
        for (int i = 0; i < 10 * OncePerMinute.MAX_KINDS; i++) {
            log("kind " + i);
        }
        assertThat(lines).hasSize(OncePerMinute.MAX_KINDS);
        assertThat(limit.size()).isEqualTo(OncePerMinute.MAX_KINDS);
        now.addAndGet(MINUTE);
        log("another");
        assertThat(lines.getLast()).isEqualTo("another 0");
        assertThat(limit.size()).isEqualTo(1);
    }

    private void log(String kind) {
        limit.log(kind, omitted -> lines.add(kind + " " + omitted));
    }
}
