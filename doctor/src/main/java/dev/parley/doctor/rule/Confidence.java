package dev.parley.doctor.rule;

import java.util.Locale;

/** The confidence in a finding. */
public enum Confidence {
    CERTAIN,
    LIKELY,
    POSSIBLE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
