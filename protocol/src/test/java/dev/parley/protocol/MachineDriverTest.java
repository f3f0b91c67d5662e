package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A driver of a machine that has two effects for each input. */
class MachineDriverTest {
    private final List<String> performed = new ArrayList<>();
    private final Doubling driver = new Doubling();

    @Test
    void inputsOfEffectsWaitForTheRemainingEffects() {
        driver.feed("nest");
        assertThat(performed).containsExactly("nest 1", "nest 2", "inner 1", "inner 2", "settled");
        assertThat(driver.isRunning()).isFalse();
    }

    @Test
    void settlingMayFeedMore() {
        driver.last = "more";
        driver.feed("a");
        assertThat(performed).containsExactly("a 1", "a 2", "settled", "more 1", "more 2", "settled");
    }

    @Test
    void abandonReturnsTheUnperformedEffectsInOrder() {
        assertThatThrownBy(() -> driver.feed("fail")).isInstanceOf(IllegalStateException.class);
        assertThat(driver.isRunning()).isFalse();
        assertThat(driver.abandon("end")).containsExactly("fail 2", "inner 1", "inner 2", "end 1", "end 2");
        performed.clear();
        driver.feed("a");
        assertThat(performed).containsExactly("a 1", "a 2", "settled");
    }

    private final class Doubling extends MachineDriver<String, String> {
        private String last = "";

        @Override
        protected List<String> on(String input, Instant now) {
            return List.of(input + " 1", input + " 2");
        }

        @Override
        protected void perform(String effect, String cause) {
            performed.add(effect);
            assertThat(effect).startsWith(cause);
            if (effect.equals("nest 1") || effect.equals("fail 1")) {
                feed("inner");
            }
            if (effect.equals("fail 1")) {
                throw new IllegalStateException("a failure, for this test");
            }
        }

        @Override
        protected Instant now() {
            return Instant.EPOCH;
        }

        @Override
        protected void settled() {
            performed.add("settled");
            if (!last.isEmpty() && !hasInputs()) {
                String more = last;
                last = "";
                feed(more);
            }
        }
    }
}
