package dev.parley.doctor.report;

import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the differences between two reports on the same server: health, new findings and resolved findings. Measured values are ignored. */
public final class Changes {

    private Changes() {}

    /** Returns one line per change. */
    public static List<String> between(Report before, Report after) {
        var lines = new ArrayList<String>();
        var old = troubles(before);
        var now = troubles(after);
        if (before.verdict().health() != after.verdict().health()) {
            lines.add(before.verdict().health().code() + " -> " + after.verdict().health().code() + ": "
                    + after.verdict().description());
        }
        now.forEach((cause, finding) -> {
            if (!old.containsKey(cause)) {
                lines.add("new: " + finding.title()
                        + finding.evidence().stream().findFirst().map(seen -> " (" + seen + ")").orElse(""));
            }
        });
        old.forEach((cause, finding) -> {
            if (!now.containsKey(cause)) {
                lines.add("gone: " + finding.title());
            }
        });
        return lines;
    }

    private static Map<Cause, Finding> troubles(Report report) {
        var troubles = new LinkedHashMap<Cause, Finding>();
        report.findings()
                .stream()
                .filter(finding -> finding.severity() != Severity.OK && finding.cause() != Cause.NOT_EXAMINED)
                .forEach(finding -> troubles.putIfAbsent(finding.cause(), finding));
        return troubles;
    }
}
