package dev.parley.doctor.report;

import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Quantities;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedy;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a report as Markdown, for an issue or a chat. Stateless. */
public final class MarkdownReport {

    private MarkdownReport() {}

    public static String write(Report report) {
        var result = report.result();
        var text = new StringBuilder("# ").append(line(result.asked()))
                .append(": ")
                .append(report.verdict().health().code())
                .append("\n\n")
                .append(line(report.verdict().description()))
                .append("\n\n")
                .append(result.startedAt())
                .append(", ")
                .append(Quantities.time(result.took()))
                .append(", ")
                .append(Quantities.count(result.connections(), "connection"))
                .append(", ")
                .append(Quantities.count(result.requests(), "request"))
                .append(result.quick() ? ", quick" : "")
                .append(".\n");
        if (!report.platforms().isEmpty()) {
            text.append("\nRecognised: ")
                    .append(report.platforms()
                            .stream()
                            .map(PlatformDetector.Detected::description)
                            .map(MarkdownReport::line)
                            .collect(Collectors.joining(", ")))
                    .append(".\n");
        }
        report.troubles().forEach(finding -> write(text, finding));
        var fine = report.findings().stream().filter(finding -> finding.severity() == Severity.OK).toList();
        if (!fine.isEmpty()) {
            text.append("\n## In order\n\n");
            fine.forEach(finding -> text.append("- ").append(line(finding.title())).append('\n'));
        }
        return text.toString();
    }

    private static void write(StringBuilder text, Finding finding) {
        text.append("\n## ")
                .append(finding.severity().code())
                .append(": ")
                .append(line(finding.title()))
                .append(" (`")
                .append(finding.cause().code())
                .append("`)\n\n");
        BrowserText.of(finding.cause())
                .filter(console -> finding.severity() != Severity.NOTE)
                .ifPresent(console -> block(text, "In the browser's console:", List.of(console)));
        if (!finding.meaning().isEmpty()) {
            text.append(line(finding.meaning()))
                    .append(finding.confidence() == Confidence.CERTAIN ? ""
                            : " (" + finding.confidence().code() + ")")
                    .append("\n\n");
        }
        if (!finding.evidence().isEmpty()) {
            block(text, "Seen:", finding.evidence());
        }
        finding.remedy().ifPresent(remedy -> write(text, remedy));
    }

    private static void write(StringBuilder text, Remedy remedy) {
        if (remedy.lines().isEmpty()) {
            text.append("To do: ").append(line(remedy.words())).append('\n');
        } else {
            block(text, "To do: " + line(remedy.words()), remedy.lines());
        }
    }

    /** Writes lines as a code block, which no line can end. */
    private static void block(StringBuilder text, String title, List<String> lines) {
        text.append(title).append("\n\n");
        lines.forEach(line -> text.append("    ").append(line.replaceAll("[\\r\\n]+", " ")).append('\n'));
        text.append('\n');
    }

    /** Returns a text on one line in which no markup of the server has an effect. */
    private static String line(String any) {
        return any.replaceAll("[\\r\\n]+", " ").replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
    }
}
