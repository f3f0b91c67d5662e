package dev.parley.server.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayGuardTest {
    private final ReplayGuard guard = new ReplayGuard(60_000);

    @Test
    void acceptsEachNumberOnceInAnyOrder() {
        assertThat(guard.accept("a", 2, 0)).isTrue();
        assertThat(guard.accept("a", 1, 0)).isTrue();
        assertThat(guard.accept("a", 2, 0)).isFalse();
        assertThat(guard.accept("a", 1, 0)).isFalse();
        assertThat(guard.accept("b", 1, 0)).isTrue();
        assertThat(guard.accept("b", 0, 0)).isFalse();
        assertThat(guard.accept("b", -1, 0)).isFalse();
    }

    @Test
    void acceptsNothingBelowItsWindow() {
        assertThat(guard.accept("a", ReplayGuard.WINDOW + 1, 0)).isTrue();
        assertThat(guard.accept("a", 2, 0)).isTrue();
        assertThat(guard.accept("a", 1, 0)).isFalse();
        assertThat(guard.accept("a", 10L * ReplayGuard.WINDOW, 0)).isTrue();
        assertThat(guard.accept("a", 10L * ReplayGuard.WINDOW - 1, 0)).isTrue();
        assertThat(guard.accept("a", 9L * ReplayGuard.WINDOW, 0)).isFalse();
        assertThat(guard.accept("a", Long.MAX_VALUE, 0)).isTrue();
        assertThat(guard.accept("a", Long.MAX_VALUE, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithASet(long seed) {
        var random = new Random(seed);
        var seen = new HashSet<Long>();
        long highest = 0;
        for (int i = 0; i < 50_000; i++) {
            long number = Math.max(1, highest + random.nextInt(120) - 100);
            boolean fresh = seen.add(number);
            assertThat(guard.accept("a", number, 0)).isEqualTo(fresh);
            highest = Math.max(highest, number);
        }
    }

    @Test
    void forgetsSilentSendersOnlyAndRefusesFurtherOnes() {
        for (int i = 0; i < ReplayGuard.MAX_SENDERS; i++) {
            assertThat(guard.accept("sender" + i, 1, i)).isTrue();
        }
        assertThat(guard.accept("late", 1, 60_000)).isFalse();
        assertThat(guard.accept("late", 1, 60_001)).isTrue();
        assertThat(guard.size()).isEqualTo(ReplayGuard.MAX_SENDERS);
        assertThat(guard.accept("sender999", 1, 60_001)).isFalse();
    }
}
