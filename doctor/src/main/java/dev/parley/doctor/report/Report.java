package dev.parley.doctor.report;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Rules;
import dev.parley.doctor.rule.Verdict;
import dev.parley.doctor.rule.VoiceRules;
import dev.parley.doctor.software.PlatformDetector;
import java.util.Comparator;
import java.util.List;

/** The result of an examination with findings and verdict, without secrets. */
public record Report(ExaminationResult result, List<PlatformDetector.Detected> platforms,
        List<Finding> findings, Verdict verdict, List<VoiceRules.VoiceQuality> voices,
        List<Checklist.Item> checklist) {
    public Report {
        platforms = List.copyOf(platforms);
        findings = List.copyOf(findings);
        voices = List.copyOf(voices);
        checklist = List.copyOf(checklist);
    }

    public static Report of(ExaminationResult result, Redactor redactor) {
        var findings = Rules.evaluate(result.log());
        return new Report(redactor.clean(result),
                PlatformDetector.of(result.log()).stream().map(redactor::clean).toList(),
                findings.stream().map(redactor::clean).toList(),
                redactor.clean(Verdict.of(result.log(), findings)),
                result.log().all(Evidence.AudioTimings.class).map(VoiceRules::voice).toList(),
                Checklist.of(result.log(), findings).stream().map(redactor::clean).toList());
    }

    /** Returns the findings that are not in order, the worst first; of equal ones the first. */
    public List<Finding> troubles() {
        return findings.stream()
                .filter(Finding::isTrouble)
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }
}
