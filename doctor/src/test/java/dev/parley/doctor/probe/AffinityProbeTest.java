package dev.parley.doctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AffinityProbeTest {
    private static final String RANDOM = "abcdefghijklmnopqrstu_-9";

    @Test
    void countsTheServersThatSessionIdsName() {
        assertThat(AffinityProbe.servers(List.of("one_" + RANDOM, "two2_" + RANDOM, "one_" + RANDOM)))
                .isEqualTo(2);
    }

    /** The reference server's ids are 20 characters, of which some are underscores. */
    @Test
    void idsOfOtherServersNameNone() {
        assertThat(AffinityProbe.servers(List.of("one_" + RANDOM, "Ab3_k2Lm5nO6pQ7rSAAA"))).isZero();
        assertThat(AffinityProbe.servers(List.of("one_" + RANDOM + "x"))).isZero();
        assertThat(AffinityProbe.servers(List.of())).isZero();
    }
}
