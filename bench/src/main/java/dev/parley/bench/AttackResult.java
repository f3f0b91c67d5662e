package dev.parley.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The effect of one attack. Times are in milliseconds, memory is in MB.
 *
 * @param quiet    99th percentile of the neighbour's round trips before the attack
 * @param attacked the same during the attack
 * @param health   the slowest response of {@code /health} during the attack
 * @param resident the largest resident memory of the server
 * @param before   live heap and direct memory before the attack
 * @param grown    how much more of both there is after the attack; negative if less
 * @param cut      how often an attacker was disconnected or refused
 */
record AttackResult(double quiet, double attacked, double health, double resident, double before,
        double grown, double cut) {

    static final String HEADER = """
            | attack | neighbour p99, quiet | attacked | slowest /health | resident | memory before | after | cut off |
            |---|---|---|---|---|---|---|---|""";

    /** Netty may use as much direct memory as the maximum heap. */
    private static final double RESIDENT_LIMIT = 2 * Attack.HEAP_MB + 150;
    private static final double HEALTH_LIMIT = 1_000;
    private static final double NEIGHBOUR_LIMIT = 250;
    private static final double GROWTH_LIMIT = 5;

    /** Returns the medians of the results. */
    static AttackResult median(List<AttackResult> results) {
        return new AttackResult(median(results, AttackResult::quiet), median(results, AttackResult::attacked),
                median(results, AttackResult::health), median(results, AttackResult::resident),
                median(results, AttackResult::before), median(results, AttackResult::grown),
                median(results, AttackResult::cut));
    }

    private static double median(List<AttackResult> results, ToDoubleFunction<AttackResult> value) {
        return Series.median(results.stream().mapToDouble(value).toArray());
    }

    private double neighbourLimit() {
        return Math.max(NEIGHBOUR_LIMIT, 10 * quiet);
    }

    private double growthLimit() {
        return Math.max(GROWTH_LIMIT, before / 10);
    }

    boolean withinLimits() {
        return attacked <= neighbourLimit() && health <= HEALTH_LIMIT && resident <= RESIDENT_LIMIT
                && grown <= growthLimit();
    }

    /** Returns a row of the table. A value above its limit is bold. */
    String row(String title) {
        return String.format(Locale.ROOT, "| %s | %.1f ms | %s | %s | %s | %.0f MB | %s | %.0f |", title,
                quiet, judged("%.0f ms", attacked, neighbourLimit()), judged("%.0f ms", health, HEALTH_LIMIT),
                judged("%.0f MB", resident, RESIDENT_LIMIT), before,
                judged("%.1f MB more", grown, growthLimit()), cut);
    }

    private static String judged(String format, double value, double limit) {
        String text = String.format(Locale.ROOT, format, value);
        return value <= limit ? text
                : "**" + text + "**, allowed " + String.format(Locale.ROOT, format, limit);
    }
}
