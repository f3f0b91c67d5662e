package dev.parley.doctor.rule;

import java.util.Locale;

/** Severity of a finding, in ascending order. */
public enum Severity {
    /** Examined and correct. */
    OK,
    /** Worth knowing, without effect on users. */
    NOTE,
    /** Could not be examined, so nothing is known. */
    UNKNOWN,
    /** Works, but not as well as it could or not for every client. */
    IMPAIRED,
    /** Does not work. */
    BROKEN;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
