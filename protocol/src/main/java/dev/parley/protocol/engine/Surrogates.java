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

    /**
     * A JSON text with the characters themselves in the place of their escapes, pairs too: the parser accepts those in property names, and
     * the escapes of lone ones it does not.
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

    /** Where the first escape of a surrogate is, from an index on that is within no escape; -1 when there is none. */
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
