package dev.parley.doctor.report;

import dev.parley.doctor.evidence.Evidence.AudioTimings;
import dev.parley.doctor.evidence.Evidence.RoundTrip;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.rule.Quantities;
import dev.parley.doctor.rule.VoiceRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Draws plots as SVG in the colours of the page. */
final class Plots {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int LEFT = 56;
    private static final int BOTTOM = 26;
    private static final int ROW = 26;
    private static final int LABELS = 250;

    private Plots() {}

    /** Draws a bar for the duration of each probe. */
    static String timeline(ExaminationResult result) {
        double whole = Math.max(1, result.took().toNanos() / 1e6);
        var svg = open(WIDTH, result.steps().size() * ROW + BOTTOM, "When each probe ran");
        int y = 0;
        for (var step : result.steps()) {
            double from = LABELS + millis(step.from()) / whole * (WIDTH - LABELS - 60);
            double length = Math.max(2,
                    (millis(step.to()) - millis(step.from())) / whole * (WIDTH - LABELS - 60));
            svg.append(label(0, y + 17, "start", step.title()))
                    .append(String.format(Locale.ROOT,
                            "<rect class=\"bar\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"3\"/>",
                            from, y + 6, length))
                    .append(label(from + length + 6, y + 17, "start",
                            Quantities.time(step.to().minus(step.from()))));
            y += ROW;
        }
        return svg.append("</svg>").toString();
    }

    /** Draws the round trip of each frame over time, with lines for percentiles. */
    static String roundTrips(AudioTimings seen) {
        var voice = VoiceRules.voice(seen);
        double top = nice(seen.roundTrips().stream().mapToDouble(RoundTrip::millis).max().orElse(1));
        double end = Math.max(1, seen.roundTrips().stream().mapToLong(RoundTrip::atMillis).max().orElse(1));
        var svg = open(WIDTH, HEIGHT + BOTTOM,
                "Round trips of audio frames over " + seen.transport() + ": " + voice.description());
        for (double part : List.of(0.0, 0.5, 1.0)) {
            double y = y(part * top, top);
            svg.append(String.format(Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH, y, y))
                    .append(label(LEFT - 6, y + 4, "end", Quantities.millis(part * top)));
        }
        for (var trip : seen.roundTrips()) {
            svg.append(String.format(Locale.ROOT, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>",
                    LEFT + trip.atMillis() / end * (WIDTH - LEFT - 60), y(trip.millis(), top)));
        }
        line(svg, voice.p50(), top, "p50", "low");
        line(svg, voice.p99(), top, "p99", "high");
        svg.append(label(LEFT, HEIGHT + 20, "start", "0 s"))
                .append(label(WIDTH - 60, HEIGHT + 20, "end", Quantities.millis(end)));
        return svg.append("</svg>").toString();
    }

    private static void line(StringBuilder svg, double millis, double top, String name, String cssClass) {
        double y = y(millis, top);
        svg.append(
                String.format(Locale.ROOT, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                        cssClass, LEFT, WIDTH - 36, y, y))
                .append(label(WIDTH - 30, y + 4, "start", name));
    }

    private static double y(double millis, double top) {
        return HEIGHT - millis / top * (HEIGHT - 12);
    }

    /** Returns the smallest 1, 2 or 5 times a power of ten that is not below the value. */
    static double nice(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, most))));
        for (int step : new int[]{1, 2, 5}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static StringBuilder open(int width, int height, String title) {
        return new StringBuilder(
                String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                        width, height, Html.text(title)));
    }

    private static String label(double x, double y, String anchor, String text) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y,
                anchor, Html.text(text));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
