package dev.parley.app.config;

/** A setting that is unknown or has a value it cannot have. The message is one sentence that names the setting and where it came from. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message one sentence that names the setting and says what it may be */
    public SettingsException(String message) {
        super(message);
    }
}
