package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerTest {
    @Test
    void eachRoundBeginsWithTheNextEntry() {
        var entries = List.of("a", "b", "c");
        assertThat(Runner.rotated(entries, 0)).containsExactly("a", "b", "c");
        assertThat(Runner.rotated(entries, 1)).containsExactly("b", "c", "a");
        assertThat(Runner.rotated(entries, 2)).containsExactly("c", "a", "b");
        assertThat(Runner.rotated(entries, 3)).isEqualTo(entries);
        assertThat(Runner.rotated(List.of("a"), 5)).containsExactly("a");
    }
}
