package dev.parley.protocol.engine;

/**
 * Finds and replaces lone surrogates: halves of characters beyond U+FFFF. JSON allows them as escapes, and JavaScript makes them when it
 * cuts a text within an emoji; UTF-8 has no encoding for them. Stateless; safe from any thread.
 */
public final class Surrogates {
    private Surrogates() {}

    /** Returns the index of the first lone surrogate from an index on, or -1. */
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

    /** Returns a JSON text with each lone surrogate as an escape. They occur only in strings, where an escape means the same. */
    public static String escaped(String json) {
        return replaced(json, true);
    }

    /**
     * Returns a JSON text with the escapes of surrogates replaced by the characters, pairs too: in property names the parser rejects the
     * escapes of lone surrogates, but accepts the characters.
     */
    public static String unescaped(String json) {
        int at = escape(json, 0);
        if (at < 0) {
            return json;
        }
        var out = new StringBuilder(json.length());
        int from = 0;
        for (; at >= 0; at = escape(json, from)) {
            out.append(json, from, at).append((char) Integer.parseInt(json, at + 2, at + 6, 16));
            from = at + 6;
        }
        return out.append(json, from, json.length()).toString();
    }

    /** Returns the index of the first escape of a surrogate from an index on, which is not within an escape, or -1. */
    private static int escape(String json, int from) {
        for (int at = json.indexOf('\\', from); at >= 0; at = json.indexOf('\\', at + 2)) {
            if (json.startsWith("u", at + 1) && at + 6 <= json.length() && isSurrogate(json, at + 2)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isSurrogate(String json, int at) {
        return (json.charAt(at) | 0x20) == 'd' && Character.digit(json.charAt(at + 1), 16) >= 8
                && Character.digit(json.charAt(at + 2), 16) >= 0
                && Character.digit(json.charAt(at + 3), 16) >= 0 && json.charAt(at + 1) < 0x80
                && json.charAt(at + 2) < 0x80 && json.charAt(at + 3) < 0x80;
    }

    /** Returns a text with each lone surrogate replaced by U+FFFD, for encodings that cannot express it. */
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
