package dev.parley.bench;

import dev.parley.bench.Scenario.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes results as Markdown. */
final class Table {
    private Table() {}

    /** Processor time, ratios and latencies of the servers in one scenario. */
    static String echoes(Scenario scenario, Map<Entry, Series> results) {
        var out = new StringBuilder("\n### ").append(scenario.title()).append("\n\n");
        out.append(
                "| server | CPU µs/message | × floor | × Parley | messages/s | busy | p50 ms | p99 ms | heap B/message |\n");
        out.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        var floor = of(results, Subject.FLOOR);
        var parley = of(results, Subject.PARLEY);
        results.forEach((entry, series) -> {
            if (series.isEmpty()) {
                out.append("| ").append(entry.label()).append(" | no echo | | | | | | | |\n");
                return;
            }
            var all = series.all();
            boolean ours = entry.subject() == Subject.PARLEY;
            row(out, List.of(entry.label(), one(series.median(Result::microsPerMessage)),
                    floor.map(base -> two(series.ratio(base))).orElse("–"),
                    ours ? "" : parley.map(base -> two(series.ratio(base))).orElse("–"),
                    whole(series.median(Result::perSecond)), whole(series.median(Result::busy) * 100) + " %",
                    two(all.micros(0.5) / 1_000), two(all.micros(0.99) / 1_000),
                    whole(series.median(Result::bytesPerMessage)) + late(all.skipped())));
        });
        return out.toString();
    }

    /** Returns the table of the memory of idle connections. */
    static String idle(int connections, Map<Subject, Memory> results) {
        var out = new StringBuilder("\n### ").append(connections).append(" idle websocket connections\n\n");
        out.append("| server | resident KB/connection | live heap KB/connection | resident before, MB |\n");
        out.append("|---|--:|--:|--:|\n");
        results.forEach((subject, memory) -> row(out, List.of(subject.label(), one(memory.resident() / 1024),
                one(memory.heap() / 1024), whole(memory.before() / 1024 / 1024))));
        return out.toString();
    }

    private static Optional<Series> of(Map<Entry, Series> results, Subject subject) {
        return results.entrySet()
                .stream()
                .filter(entry -> entry.getKey().subject() == subject && !entry.getValue().isEmpty())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void row(StringBuilder out, List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String late(long skipped) {
        return skipped == 0 ? "" : " (" + skipped + " failed)";
    }

    private static String whole(double value) {
        return format("%.0f", value);
    }

    private static String one(double value) {
        return format("%.1f", value);
    }

    private static String two(double value) {
        return format("%.2f", value);
    }

    private static String format(String pattern, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, pattern, value);
    }

    /** Bytes for each connection, and resident before any came. */
    record Memory(double resident, double heap, double before) {}
}
