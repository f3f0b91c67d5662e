package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttackResultTest {

    @ParameterizedTest
    @CsvSource({"5, 250, 1000, 662, 20, 5, true", "5, 251, 1000, 662, 20, 5, false",
            "30, 300, 1000, 662, 20, 5, true", "5, 250, 1001, 662, 20, 5, false",
            "5, 250, 1000, 663, 20, 5, false", "5, 250, 1000, 662, 20, 6, false",
            "5, 250, 1000, 662, 100, 10, true"})
    void eachValueHasALimit(double quiet, double attacked, double health, double resident, double before,
            double grown, boolean within) {
        assertThat(new AttackResult(quiet, attacked, health, resident, before, grown, 0).withinLimits())
                .isEqualTo(within);
    }

    @Test
    void medianIgnoresOneOutlier() {
        var results = List.of(attacked(900), attacked(120), attacked(150));
        assertThat(results.getFirst().withinLimits()).isFalse();
        assertThat(AttackResult.median(results)).isEqualTo(attacked(150));
    }

    @Test
    void valueAboveItsLimitIsBold() {
        assertThat(attacked(900).row("x")).contains("**900 ms**, allowed 250 ms").doesNotContain("**1 ms**");
    }

    private static AttackResult attacked(double millis) {
        return new AttackResult(5, millis, 1, 1, 1, 0, 0);
    }
}
