package dev.parley.settings;

import java.util.List;
import java.util.Locale;

/**
 * The definition of one setting. {@link SettingsTable} has all of them.
 *
 * @param name        its name in a file; {@code --name} on the command line, {@code PARLEY_NAME} in the environment
 * @param kind        the type of its values
 * @param defaultText its default, as a user would write it; an empty text means the type's "none"
 * @param help        one sentence about its effect
 * @param aliases     further environment variables that set it; {@code PARLEY_NAME} overrides them
 * @param isSecret    whether its value is never shown
 */
public record Setting<T>(String name, ValueType<T> kind, String defaultText, String help,
        List<String> aliases, boolean isSecret) {

    public Setting {
        aliases = List.copyOf(aliases);
    }

    static <T> Setting<T> of(String name, ValueType<T> kind, String defaultText, String help,
            String... aliases) {
        return new Setting<>(name, kind, defaultText, help, List.of(aliases), false);
    }

    /** A setting whose value is never shown, not even in an error message. */
    static <T> Setting<T> secret(String name, ValueType<T> kind, String defaultText, String help) {
        return new Setting<>(name, kind, defaultText, help, List.of(), true);
    }

    /** The option on the command line. */
    public String flag() {
        return "--" + name;
    }

    /** The environment variable. */
    public String variable() {
        return "PARLEY_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The placeholder for the value in {@code --help}. */
    public String label() {
        return kind.label();
    }

    /** The text for {@code --help}: the sentence, then default and environment variable. */
    public String description() {
        var variables = new StringBuilder(variable());
        aliases.forEach(v -> variables.append(" or ").append(v));
        return help + " (" + (defaultText.isEmpty() ? "" : "default " + defaultText + "; ") + variables + ")";
    }

    T parse(String text, String origin) {
        try {
            return kind.parse(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new SettingsException(name + ": " + (isSecret ? "the value" : '"' + shortened(text) + '"')
                    + " is not " + kind.wanted() + " (from " + origin + ")");
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
