package dev.parley.doctor.rule;

import dev.parley.doctor.software.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * One finding.
 *
 * @param title    a summary in a few words
 * @param evidence status, headers, bytes and times that support it
 * @param meaning  the effect on users of the service
 * @param remedy   what to change, with the lines to paste; empty if nothing
 */
public record Finding(Cause cause, Severity severity, Confidence confidence, String title,
        List<String> evidence, String meaning, Optional<Remedy> remedy) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    /** Returns what to change as one text. */
    public Optional<String> fix() {
        return remedy.map(Remedy::text);
    }

    /** Returns whether this is a fault, unknown or worth knowing. */
    public boolean isTrouble() {
        return severity != Severity.OK;
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
        return fix(Remedy.words(what));
    }

    Finding fix(Remedy what) {
        return new Finding(cause, severity, confidence, title, evidence, meaning, Optional.of(what));
    }

    Finding with(Confidence sure) {
        return new Finding(cause, severity, sure, title, evidence, meaning, remedy);
    }

    Finding with(Severity other) {
        return new Finding(cause, other, confidence, title, evidence, meaning, remedy);
    }
}
