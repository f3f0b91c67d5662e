package dev.parley.talk;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** Formats times and computes percentiles. */
final class Percentiles {

    private Percentiles() {}

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }

    /** Returns the percentile by nearest rank. */
    static long percentile(long[] values, int percent) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
