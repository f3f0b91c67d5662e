package dev.parley.doctor.rule;

import java.util.List;
import java.util.Optional;

/**
 * One thing found.
 *
 * @param title    what it is, in a few words
 * @param evidence what was seen: status, headers, bytes, times
 * @param meaning  what that means to the people who use the service
 * @param fix      what to change, with the setting; empty if nothing is to be done
 */
public record Finding(Cause cause, Severity severity, Confidence confidence, String title,
        List<String> evidence, String meaning, Optional<String> fix) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    static Finding fine(Cause cause, String title, String... evidence) {
        return new Finding(cause, Severity.OK, Confidence.CERTAIN, title, List.of(evidence), "",
                Optional.empty());
    }

    static Finding note(Cause cause, String title, String meaning, String... evidence) {
        return new Finding(cause, Severity.NOTE, Confidence.CERTAIN, title, List.of(evidence), meaning,
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

    Finding but(Confidence sure) {
        return new Finding(cause, severity, sure, title, evidence, meaning, fix);
    }

    Finding but(Severity other) {
        return new Finding(cause, other, confidence, title, evidence, meaning, fix);
    }
}
