package dev.parley.nova;

import tools.jackson.core.io.JsonStringEncoder;

/** Texts as JSON strings, in which they cannot be taken for words of the text around them. Characters are never split. Stateless. */
final class Quoted {

    private Quoted() {}

    /** Returns the first {@code max} UTF-16 units of the text at most, followed by an ellipsis if that is not all. */
    static String beginning(String text, int max) {
        if (text.length() <= max) {
            return quoted(text);
        }
        int end = Character.isLowSurrogate(text.charAt(max)) ? max - 1 : max;
        return quoted(text.substring(0, end) + "…");
    }

    /** Returns the last {@code max} UTF-16 units of the text at most. */
    static String end(String text, int max) {
        int from = Math.max(0, text.length() - max);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        return quoted(text.substring(from));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
