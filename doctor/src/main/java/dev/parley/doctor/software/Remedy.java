package dev.parley.doctor.software;

import java.util.List;

/**
 * A change that removes a fault.
 *
 * @param words sentences
 * @param lines lines to paste into a configuration; empty if the software is unknown. Reports never wrap them.
 */
public record Remedy(String words, List<String> lines) {
    public Remedy {
        lines = List.copyOf(lines);
    }

    /** Returns a remedy without lines to paste. */
    public static Remedy words(String words) {
        return new Remedy(words, List.of());
    }

    static Remedy lines(String words, String... lines) {
        return new Remedy(words, List.of(lines));
    }

    /** Returns this remedy with more words. */
    public Remedy and(String more) {
        return new Remedy(words + " " + more, lines);
    }

    /** Returns words and lines as one text. */
    public String text() {
        return lines.isEmpty() ? words : words + " " + String.join(" ", lines);
    }
}
