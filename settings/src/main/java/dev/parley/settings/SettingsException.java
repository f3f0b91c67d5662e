package dev.parley.settings;

/** Thrown for a setting that is unknown or has an invalid value. The message is one sentence that names the setting and its source. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message one sentence that names the setting and describes valid values */
    public SettingsException(String message) {
        super(message);
    }
}
