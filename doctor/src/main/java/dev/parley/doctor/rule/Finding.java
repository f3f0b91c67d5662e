package dev.parley.doctor.rule;

import java.util.List;
import java.util.Optional;

/**
 * One finding.
 *
 * @param title    a summary in a few words
 * @param evidence status, headers, bytes and times that support it
 * @param meaning  the effect on users of the service
 * @param fix      what to change, with the setting; empty if nothing
 */
public record Finding(Cause cause, Severity severity, Confidence confidence, String title,
        List<String> evidence, String meaning, Optional<String> fix) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    static Finding ok(Cause cause, String title, String... evidence) {
        return new Finding(cause, Severity.OK, Confidence.CERTAIN, title, List.of(evidence), "",
                Optional.empty());
    }

    static Finding note(Cause cause, String title, String meaning, String... evidence) {
        return new Finding(cause, Severity.NOTE, Confidence.CERTAIN, title, List.of(evidence), meaning,
                Optional.empty());
    }

    static Finding unknown(Cause cause, String title, String meaning, String... evidence) {
        return new Finding(cause, Severity.UNKNOWN, Confidence.CERTAIN, title, List.of(evidence), meaning,
                Optional.empty());
    }

    static Finding impaired(Cause cause, String title, String meaning, String... evidence) {
        return new Finding(cause, Severity.IMPAIRED, Confidence.CERTAIN, title, List.of(evidence), meaning,
                Optional.empty());
    }

    static Finding broken(Cause cause, String title, String meaning, String... evidence) {
        return new Finding(cause, Severity.BROKEN, Confidence.CERTAIN, title, List.of(evidence), meaning,
                Optional.empty());
    }

    Finding fix(String what) {
        return new Finding(cause, severity, confidence, title, evidence, meaning, Optional.of(what));
    }

    Finding with(Confidence sure) {
        return new Finding(cause, severity, sure, title, evidence, meaning, fix);
    }

    Finding with(Severity other) {
        return new Finding(cause, other, confidence, title, evidence, meaning, fix);
    }
}
