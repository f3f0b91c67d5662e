package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

    @Test
    void growWithAFactorButDecodeAtOnce() {
        assertThat(Pauses.defaults().scaled(2)).isEqualTo(new Pauses(Duration.ofMillis(192),
                Duration.ofMillis(640), Duration.ofMillis(1_280), Duration.ofMillis(3_200)));
    }

    @Test
    void neverEndATurnBeforeItIsDecoded() {
        assertThat(Pauses.defaults().scaled(0.1).complete()).isEqualTo(Duration.ofMillis(192));
    }

    @Test
    void refuseAnOrderThatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pauses(Duration.ofMillis(200),
                Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(400)));
    }
}
