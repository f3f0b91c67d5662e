package dev.parley.doctor.report;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Quantities;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.software.PlatformDetector;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a report as text: what is not in order, the worst first, then what is, then the verdict. Lines are wrapped at the width, except those to
 * paste.
 */
public final class TextReport {
    /** The width where the terminal does not tell, and the widest that is easy to read. */
    public static final int WIDTH = 100;
    private static final int NARROWEST = 40;
    private static final String INDENT = "           ";

    private final boolean colours;
    private final int width;
    private final boolean verbose;

    /**
     * Creates a writer.
     *
     * @param colours whether to use terminal colours
     * @param width   of the terminal, in characters
     * @param verbose whether to write the evidence of what is in order
     */
    public TextReport(boolean colours, int width, boolean verbose) {
        this.colours = colours;
        this.width = Math.clamp(width, NARROWEST, WIDTH);
        this.verbose = verbose;
    }

    public String write(Report report) {
        var text = new StringBuilder();
        var result = report.result();
        wrap(text, "Examined ", "", result.asked());
        if (!report.platforms().isEmpty()) {
            wrap(text, "Recognised: ", "  ",
                    report.platforms()
                            .stream()
                            .map(PlatformDetector.Detected::description)
                            .collect(Collectors.joining(", ")));
        }
        text.append('\n');
        report.troubles().forEach(finding -> trouble(text, finding));
        report.findings()
                .stream()
                .filter(finding -> !finding.isTrouble())
                .forEach(finding -> fine(text, finding));
        text.append('\n')
                .append(Quantities.count(result.connections(), "connection"))
                .append(", ")
                .append(Quantities.count(result.requests(), "request"))
                .append(" in ")
                .append(Quantities.time(result.took()))
                .append(result.quick()
                        ? " (quick: idle time, "
                                + (result.log().first(Evidence.Cors.class).isPresent() ? "" : "CORS, ")
                                + "sizes and audio were not examined)"
                        : "")
                .append("\n\n");
        wrap(text, paint(report.verdict().health()) + " ", "", report.verdict().description());
        report.troubles()
                .stream()
                .findFirst()
                .ifPresent(worst -> wrap(text, "", "",
                        "More about a finding: --explain " + worst.cause().code()));
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

    private void fine(StringBuilder text, Finding finding) {
        wrap(text, paint(finding.severity()) + " ", INDENT, finding.title());
        if (verbose && !finding.evidence().isEmpty()) {
            wrap(text, INDENT, INDENT, String.join("; ", finding.evidence()));
        }
    }

    private void trouble(StringBuilder text, Finding finding) {
        wrap(text, paint(finding.severity()) + " ", INDENT,
                finding.title() + " [" + finding.cause().code() + "]");
        BrowserText.of(finding.cause())
                .filter(console -> finding.severity() != Severity.NOTE)
                .ifPresent(console -> wrap(text, INDENT + "browser ", INDENT + "        ", console));
        finding.evidence().forEach(seen -> wrap(text, INDENT + "seen    ", INDENT + "        ", seen));
        if (!finding.meaning().isEmpty()) {
            wrap(text, INDENT + "means   ", INDENT + "        ",
                    finding.meaning() + sure(finding.confidence()));
        }
        finding.remedy().ifPresent(remedy -> {
            wrap(text, INDENT + "do      ", INDENT + "        ", remedy.words());
            if (!remedy.lines().isEmpty()) {
                text.append('\n');
                remedy.lines().forEach(line -> text.append("    ").append(line).append('\n'));
            }
        });
        text.append('\n');
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
    private void wrap(StringBuilder text, String first, String other, String words) {
        var line = new StringBuilder(first);
        int used = first.replaceAll("\u001b\\[[;\\d]*m", "").length();
        boolean empty = true;
        for (String word : words.split(" ", -1)) {
            if (!empty && used + 1 + word.length() > width) {
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
