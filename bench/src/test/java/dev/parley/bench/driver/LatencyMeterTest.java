package dev.parley.bench.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyMeterTest {
    private final LatencyMeter meter = new LatencyMeter();

    @Test
    void percentilesAreWithinABucketOfTheTruth() {
        for (int micros = 1; micros <= 1_000; micros++) {
            meter.latency(micros * 1_000L);
        }
        var reading = meter.take();
        assertThat(reading.micros(0.5)).isCloseTo(500, within(500 / 16.0));
        assertThat(reading.micros(0.99)).isCloseTo(990, within(990 / 16.0));
    }

    @Test
    void takeResetsTheReading() {
        meter.message();
        meter.skipped();
        meter.take();
        var second = meter.take();
        assertThat(second.messages()).isZero();
        assertThat(second.skipped()).isZero();
        assertThat(second.micros(0.5)).isNaN();
    }

    @Test
    void readingsAddUp() {
        meter.message();
        meter.latency(1_000);
        var first = meter.take();
        meter.message();
        meter.latency(1_000_000);
        var sum = first.plus(meter.take());
        assertThat(sum.messages()).isEqualTo(2);
        assertThat(sum.micros(0.5)).isCloseTo(1, within(0.1));
        assertThat(sum.micros(1)).isCloseTo(1_000, within(70.0));
    }
}
