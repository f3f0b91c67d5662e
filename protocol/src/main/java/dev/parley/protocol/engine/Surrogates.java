package dev.parley.protocol.engine;

/**
 * Halves of characters beyond U+FFFF that stand alone. JSON can hold them as escapes, and JavaScript makes them when it cuts a text in the
 * middle of an emoji; UTF-8 cannot, so that an encoder would put a question mark in their place. Stateless; any thread.
 */
public final class Surrogates {
    private Surrogates() {}

    /** Where the first one is in a text, from an index on; -1 when there is none. */
    public static int lone(CharSequence text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                boolean pair = Character.isHighSurrogate(c) && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }

    /** A JSON text with each one as an escape. They can stand in its strings only, where an escape means the same. */
    public static String escaped(String json) {
        return replaced(json, true);
    }

    /** A text with U+FFFD in the place of each one, for encodings that know nothing else. */
    public static String wellFormed(String text) {
        return replaced(text, false);
    }

    private static String replaced(String text, boolean asEscape) {
        int at = lone(text, 0);
        if (at < 0) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        int from = 0;
        for (; at >= 0; at = lone(text, from)) {
            out.append(text, from, at);
            if (asEscape) {
                out.append("\\u").append(Integer.toHexString(text.charAt(at)));
            } else {
                out.append('\ufffd');
            }
            from = at + 1;
        }
        return out.append(text, from, text.length()).toString();
    }
}
