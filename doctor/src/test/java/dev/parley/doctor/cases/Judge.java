package dev.parley.doctor.cases;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Compares what the doctor says with what a case expects. */
final class Judge {

    private Judge() {}

    /**
     * The result.
     *
     * @param complaints what is wrong; empty if all is right
     * @param certain    the causes that the doctor is certain of, and wrong about
     */
    record Judgement(List<String> complaints, List<Cause> certain) {
        boolean isRight() {
            return complaints.isEmpty();
        }
    }

    static Judgement of(Case played, Report report) {
        var complaints = new ArrayList<String>();
        var state = report.verdict().health();
        if (state != played.state()) {
            complaints.add("state " + lower(state) + ", not " + lower(played.state()));
        }
        var expected = played.causes("cause");
        for (Cause cause : expected) {
            if (report.troubles().stream().noneMatch(finding -> finding.cause() == cause)) {
                complaints.add(cause.code() + " is not named");
            }
        }
        for (Cause cause : played.causes("note")) {
            if (report.findings()
                    .stream()
                    .noneMatch(finding -> finding.cause() == cause && finding.severity() == Severity.NOTE)) {
                complaints.add("no note: " + cause.code());
            }
        }
        var wrong = wrong(played, report);
        wrong.forEach(finding -> complaints
                .add(finding.cause().code() + " is named, " + lower(finding.confidence())));
        played.one("software")
                .filter(name -> report.platforms()
                        .stream()
                        .noneMatch(seen -> seen.platform().code().equals(name)))
                .ifPresent(name -> complaints.add("software: " + name + " is not recognised"));
        played.one("paste")
                .filter(text -> report.findings()
                        .stream()
                        .filter(finding -> expected.contains(finding.cause()))
                        .noneMatch(finding -> finding.fix().orElse("").contains(text)))
                .ifPresent(text -> complaints.add("nothing to paste with: " + text));
        return new Judgement(List.copyOf(complaints),
                wrong.stream()
                        .filter(finding -> finding.confidence() == Confidence.CERTAIN)
                        .map(Finding::cause)
                        .toList());
    }

    /** Returns the faults that are none, and everything about causes that must not be named. */
    private static List<Finding> wrong(Case played, Report report) {
        Set<Cause> allowed = new HashSet<>(played.causes("cause"));
        allowed.addAll(played.causes("also"));
        var excluded = played.causes("not");
        return report.findings()
                .stream()
                .filter(finding -> (excluded.contains(finding.cause()) && finding.isTrouble())
                        || (isFault(finding) && !allowed.contains(finding.cause())))
                .toList();
    }

    private static boolean isFault(Finding finding) {
        return finding.severity() == Severity.IMPAIRED || finding.severity() == Severity.BROKEN;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
