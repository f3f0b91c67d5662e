package dev.parley.doctor.rule;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Formats times and counts for people, and computes percentiles. */
public final class Quantities {

    private Quantities() {}

    public static String time(Duration time) {
        return millis(time.toNanos() / 1e6);
    }

    public static String millis(double millis) {
        if (millis >= 9_950) {
            return String.format(Locale.ROOT, "%.0f s", millis / 1_000);
        }
        if (millis >= 995) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
        }
        return String.format(Locale.ROOT, millis < 9.95 ? "%.1f ms" : "%.0f ms", millis);
    }

    public static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    /** Returns the percentile by nearest rank; 0 without values. */
    public static double percentile(List<Double> values, int percent) {
        if (values.isEmpty()) {
            return 0;
        }
        var sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
