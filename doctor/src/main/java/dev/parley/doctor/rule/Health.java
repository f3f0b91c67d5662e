package dev.parley.doctor.rule;

import java.util.Locale;

/** The overall result, with the exit code. A fault that was seen outranks what is unknown, and that outranks healthy. */
public enum Health {
    HEALTHY(0),
    IMPAIRED(1),
    BROKEN(2),
    /** No fault was seen, but not everything could be examined. */
    UNKNOWN(3);

    private final int exitCode;

    Health(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
