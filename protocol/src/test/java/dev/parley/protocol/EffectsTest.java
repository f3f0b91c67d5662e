package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EffectsTest {

    private final Effects<String> effects = new Effects<>();

    @Test
    void returnsEffectsInOrderAndOnce() {
        assertThat(effects.take()).isEmpty();

        effects.add("a");
        assertThat(effects.take()).containsExactly("a");

        effects.add("b");
        effects.add("c");
        effects.add("d");
        assertThat(effects.take()).containsExactly("b", "c", "d");
        assertThat(effects.take()).isEmpty();
    }

    @Test
    void clearRemovesAllEffects() {
        effects.add("a");
        effects.add("b");
        effects.clear();

        effects.add("c");
        assertThat(effects.take()).containsExactly("c");
    }
}
