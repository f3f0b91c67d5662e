package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void percentileIsTheNearestRank() {
        long[] ten = LongStream.rangeClosed(1, 10).toArray();
        assertThat(Percentiles.percentile(ten, 50)).isEqualTo(5);
        assertThat(Percentiles.percentile(ten, 95)).isEqualTo(10);
        assertThat(Percentiles.percentile(new long[]{7}, 50)).isEqualTo(7);
    }
}
