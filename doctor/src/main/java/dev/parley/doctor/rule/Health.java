package dev.parley.doctor.rule;

import java.util.Locale;

/** The overall result, with the exit code. */
public enum Health {
    HEALTHY(0),
    IMPAIRED(1),
    BROKEN(2);

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
