package dev.parley.app.config;

import java.util.List;
import java.util.Locale;

/**
 * The definition of one setting. All of them are in {@link Catalogue}.
 *
 * @param name     what it is called in a file; {@code --name} on the command line, {@code PARLEY_NAME} in the environment
 * @param type     which values it can have
 * @param standard its value when nobody says otherwise, written as a person would write it; empty is the type's "none"
 * @param help     one sentence on what it does
 * @param alsoKnown further environment variables that set it; {@code PARLEY_NAME} goes before them
 * @param isSecret  whether its value is shown nowhere
 */
public record Setting<T>(String name, ValueType<T> type, String standard, String help, List<String> alsoKnown,
        boolean isSecret) {

    public Setting {
        alsoKnown = List.copyOf(alsoKnown);
    }

    static <T> Setting<T> of(String name, ValueType<T> type, String standard, String help,
            String... alsoKnown) {
        return new Setting<>(name, type, standard, help, List.of(alsoKnown), false);
    }

    /** One whose value is shown nowhere, not even when it is wrong. */
    static <T> Setting<T> secret(String name, ValueType<T> type, String standard, String help) {
        return new Setting<>(name, type, standard, help, List.of(), true);
    }

    /** Its option on the command line. */
    public String flag() {
        return "--" + name;
    }

    /** Its environment variable. */
    public String variable() {
        return "PARLEY_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** What stands for its value in {@code --help}. */
    public String label() {
        return type.label();
    }

    /** What {@code --help} says of it: the sentence, then default and environment variable. */
    public String description() {
        var variables = new StringBuilder(variable());
        alsoKnown.forEach(v -> variables.append(" or ").append(v));
        return help + " (" + (standard.isEmpty() ? "" : "default " + standard + "; ") + variables + ")";
    }

    T parse(String text, String origin) {
        try {
            return type.parse(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new SettingsException(
                    name + ": " + (isSecret ? "what was given" : '"' + shortened(text) + '"') + " is not "
                            + type.wanted() + " (from " + origin + ")");
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
