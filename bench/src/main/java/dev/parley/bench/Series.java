package dev.parley.bench;

import dev.parley.bench.driver.LatencyMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One server's windows in the order of their rounds, and how they compare with another's of the same rounds. */
final class Series {
    private final List<Result> results = new ArrayList<>();

    void add(Result result) {
        results.add(result);
    }

    boolean isEmpty() {
        return results.isEmpty() || all().messages() == 0;
    }

    double median(ToDoubleFunction<Result> of) {
        return median(results.stream().mapToDouble(of).toArray());
    }

    /** The median of the ratios within each round. */
    double ratio(Series other) {
        int rounds = Math.min(results.size(), other.results.size());
        var ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = results.get(i).microsPerMessage() / other.results.get(i).microsPerMessage();
        }
        return median(ratios);
    }

    LatencyMeter.Reading all() {
        return results.stream().map(Result::reading).reduce(LatencyMeter.Reading::plus).orElseThrow();
    }

    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
