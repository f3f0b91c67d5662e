package dev.parley.doctor.rule;

import java.util.Locale;

/** What a finding does to the whole, from harmless to fatal. */
public enum Severity {
    /** Looked at, and as it should be. */
    OK,
    /** Worth knowing; nothing suffers by it. */
    NOTE,
    /** It works, but not as well as it could, or not for everybody. */
    IMPAIRED,
    /** It does not work. */
    BROKEN;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
