package dev.parley.doctor.report;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Result;
import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Recognition;
import dev.parley.doctor.rule.Rules;
import dev.parley.doctor.rule.Verdict;
import dev.parley.doctor.rule.VoiceRules;
import java.util.List;

/** An examination and what the rules say of it, with nothing secret in it. */
public record Report(Result result, List<Recognition.Known> platforms, List<Finding> findings,
        Verdict verdict, List<VoiceRules.Voice> voices, List<Checklist.Item> checklist) {
    public Report {
        platforms = List.copyOf(platforms);
        findings = List.copyOf(findings);
        voices = List.copyOf(voices);
        checklist = List.copyOf(checklist);
    }

    public static Report of(Result result, Redactor redactor) {
        var findings = Rules.judge(result.file());
        return new Report(result, Recognition.of(result.file()),
                findings.stream().map(redactor::clean).toList(),
                redactor.clean(Verdict.of(result.file(), findings)),
                result.file().all(Evidence.Cadence.class).map(VoiceRules::voice).toList(),
                Checklist.of(result.file(), findings).stream().map(redactor::clean).toList());
    }
}
