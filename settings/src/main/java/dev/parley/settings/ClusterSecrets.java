package dev.parley.settings;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One or two secrets that all servers of a cluster know: the first signs, both are accepted. None without a cluster. */
public record ClusterSecrets(List<String> values) {

    private static final int LEAST_BYTES = 32;
    private static final int LONGEST = 1_000;

    public ClusterSecrets {
        values = List.copyOf(values);
    }

    /** The description of a valid value. */
    static final String WANTED = "a secret of at least " + LEAST_BYTES
            + " bytes, or two separated by a comma or a line break while they are exchanged";

    /** Reads secrets; an empty text means none. */
    static ClusterSecrets parse(String text) {
        var values = Arrays.stream(text.split("[,\r\n]", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (values.size() > 2 || values.stream()
                .anyMatch(value -> value.getBytes(StandardCharsets.UTF_8).length < LEAST_BYTES
                        || value.length() > LONGEST)) {
            throw new IllegalArgumentException();
        }
        return new ClusterSecrets(values);
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "ClusterSecrets[" + values.size() + "]";
    }
}
