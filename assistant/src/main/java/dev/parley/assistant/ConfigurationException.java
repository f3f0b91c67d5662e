package dev.parley.assistant;

/**
 * Thrown when a persona or an MCP server is configured wrongly. The message is one sentence that names the setting, the file and what to
 * change, and holds no secret value.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message one sentence that names the setting and says what is wrong */
    public ConfigurationException(String message) {
        super(message);
    }
}
