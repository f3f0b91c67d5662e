package dev.parley.doctor.report;

import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Quantities;
import dev.parley.doctor.rule.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a report as text: one line per passed check, problems in full, the verdict last. */
public final class TextReport {
    private static final int WIDTH = 100;
    private static final String INDENT = "           ";

    private final boolean colours;

    /**
     * Creates a writer.
     *
     * @param colours whether to use terminal colours
     */
    public TextReport(boolean colours) {
        this.colours = colours;
    }

    public String write(Report report) {
        var text = new StringBuilder();
        var result = report.result();
        text.append("Examined ").append(result.asked());
        if (!report.platforms().isEmpty()) {
            text.append("\nRecognised: ")
                    .append(report.platforms()
                            .stream()
                            .map(known -> known.platform().title() + " (by " + known.sign() + ")")
                            .collect(Collectors.joining(", ")));
        }
        text.append("\n\n");
        report.findings().forEach(finding -> finding(text, finding));
        text.append('\n')
                .append(Quantities.count(result.connections(), "connection"))
                .append(", ")
                .append(Quantities.count(result.requests(), "request"))
                .append(" in ")
                .append(Quantities.time(result.took()))
                .append(result.quick() ? " (quick: idle time, CORS, sizes and audio were not examined)" : "")
                .append("\n\n");
        wrap(text, paint(report.verdict().health()) + " ", "", report.verdict().description());
        return text.toString();
    }

    /** Writes the checklist, one line per point. */
    public String write(List<Checklist.Item> items) {
        var text = new StringBuilder();
        items.forEach(item -> wrap(text,
                (item.done() ? paint("32", "  [x] ") : paint("31;1", "  [ ] ")) + item.title() + ": ",
                "      ", item.why()));
        long done = items.stream().filter(Checklist.Item::done).count();
        return text.append('\n')
                .append(done)
                .append(" of ")
                .append(items.size())
                .append(" points are met.\n")
                .toString();
    }

    private void finding(StringBuilder text, Finding finding) {
        text.append(paint(finding.severity())).append(' ').append(finding.title()).append('\n');
        if (finding.severity() == Severity.OK) {
            if (!finding.evidence().isEmpty()) {
                wrap(text, INDENT, INDENT, String.join("; ", finding.evidence()));
            }
            return;
        }
        finding.evidence().forEach(seen -> wrap(text, INDENT + "seen   ", INDENT + "       ", seen));
        wrap(text, INDENT + "means  ", INDENT + "       ", finding.meaning() + sure(finding.confidence()));
        finding.fix().ifPresent(fix -> wrap(text, INDENT + "do     ", INDENT + "       ", fix));
    }

    private static String sure(Confidence confidence) {
        return switch (confidence) {
            case CERTAIN -> "";
            case LIKELY -> " (Likely, not certain.)";
            case POSSIBLE -> " (Possible. Check it yourself.)";
        };
    }

    private String paint(Severity severity) {
        return switch (severity) {
            case OK -> paint("32", "  ok      ");
            case NOTE -> paint("36", "  note    ");
            case UNKNOWN -> paint("35", "  unknown ");
            case IMPAIRED -> paint("33", "  impaired");
            case BROKEN -> paint("31;1", "  BROKEN  ");
        };
    }

    private String paint(Health health) {
        return switch (health) {
            case HEALTHY -> paint("32;1", "HEALTHY.");
            case IMPAIRED -> paint("33;1", "IMPAIRED.");
            case BROKEN -> paint("31;1", "BROKEN.");
            case UNKNOWN -> paint("35;1", "UNKNOWN.");
        };
    }

    private String paint(String code, String word) {
        return colours ? "\u001b[" + code + "m" + word + "\u001b[0m" : word;
    }

    /** Wraps text at the line width; longer words stay whole. */
    private static void wrap(StringBuilder text, String first, String other, String words) {
        var line = new StringBuilder(first);
        int used = first.replaceAll("\u001b\\[[;\\d]*m", "").length();
        boolean empty = true;
        for (String word : words.split(" ", -1)) {
            if (!empty && used + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(other);
                used = other.length();
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            used += word.length() + (empty ? 0 : 1);
            empty = false;
        }
        text.append(line).append('\n');
    }
}
