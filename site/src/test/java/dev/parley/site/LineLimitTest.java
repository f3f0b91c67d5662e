package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineLimitTest {

    private final List<Runnable> minutes = new ArrayList<>();
    private long now;
    private final LineLimit limit = new LineLimit(() -> now,
            (Duration delay, Runnable task) -> minutes.add(task));

    @Test
    void linesOfAKindAreLimitedInAMinute() {
        assertThat(passing("a", 1_000)).isEqualTo(LineLimit.PER_MINUTE);
        assertThat(passing("b", 3)).isEqualTo(3);
        assertThat(minutes).hasSize(1);

        minutes.removeFirst().run();

        assertThat(passing("a", 1_000)).isEqualTo(LineLimit.PER_MINUTE);
        assertThat(minutes).hasSize(1);
    }

    @Test
    void fewLinesNeedNoTimer() {
        for (int minute = 0; minute < 10; minute++) {
            assertThat(passing("a", LineLimit.PER_MINUTE)).isEqualTo(LineLimit.PER_MINUTE);
            now += Duration.ofMinutes(1).toNanos();
        }

        assertThat(minutes).isEmpty();
    }

    @Test
    void kindsBeyondTheLimitShareOne() {
        for (int i = 0; i < LineLimit.KINDS; i++) {
            limit.passes("kind " + i);
        }

        long passed = IntStream.range(0, 10_000).filter(i -> limit.passes("other " + i)).count();

        assertThat(passed).isEqualTo(LineLimit.PER_MINUTE);
        assertThat(limit.passes("kind 0")).isTrue();
    }

    private long passing(String kind, int lines) {
        return IntStream.range(0, lines).filter(i -> limit.passes(kind)).count();
    }
}
