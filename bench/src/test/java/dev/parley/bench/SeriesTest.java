package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.driver.LatencyMeter;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void comparesWithinRoundsAndTakesTheMedian() {
        var ours = series(1, 20, 3);
        var theirs = series(2, 10, 6);
        assertThat(ours.ratio(theirs)).isEqualTo(0.5);
        assertThat(ours.median(Result::processor)).isEqualTo(3);
    }

    @Test
    void medianOfEvenNumberLiesBetween() {
        assertThat(Series.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(Series.median()).isNaN();
    }

    private static Series series(double... processor) {
        var series = new Series();
        for (double seconds : processor) {
            series.add(new Result(new LatencyMeter.Reading(1_000, 0, new long[1024]), seconds, 1, -1));
        }
        return series;
    }
}
