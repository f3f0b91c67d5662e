package dev.parley.doctor.rule;

import java.util.Locale;

/** How sure a finding is. */
public enum Confidence {
    CERTAIN,
    LIKELY,
    POSSIBLE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
