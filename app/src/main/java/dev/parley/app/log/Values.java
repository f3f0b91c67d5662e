package dev.parley.app.log;

import org.jspecify.annotations.Nullable;

/** Values of log lines, many of which clients have written. Stateless. */
final class Values {

    static final int LONGEST = 200;

    private Values() {}

    /** Returns the text of a value, cut at {@value #LONGEST} characters. */
    static String cut(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST ? text
                : text.substring(0, LONGEST) + "... (" + text.length() + " characters)";
    }
}
