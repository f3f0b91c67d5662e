package dev.parley.protocol.engine;

import dev.parley.protocol.MalformedPacketException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * JSONP polling of Engine.IO 3, for browsers without cross-origin requests: a response is a script that calls a function of the page, and
 * a request body is a form. Stateless; safe from any thread.
 */
public final class Jsonp {
    private static final String HEX = "0123456789abcdef";

    private Jsonp() {}

    /**
     * Returns the script that passes a payload to the page.
     *
     * @param index the number of the page's function, digits only
     */
    public static String script(String index, String payload) {
        var script = new StringBuilder(payload.length() + 32).append("___eio[").append(index).append("](\"");
        for (int i = 0; i < payload.length(); i++) {
            char c = payload.charAt(i);
            if (c == '"' || c == '\\') {
                script.append('\\').append(c);
            } else if (escaped(c)) {
                script.append("\\u")
                        .append(HEX.charAt(c >> 12))
                        .append(HEX.charAt(c >> 8 & 15))
                        .append(HEX.charAt(c >> 4 & 15))
                        .append(HEX.charAt(c & 15));
            } else {
                script.append(c);
            }
        }
        return script.append("\");").toString();
    }

    /** Returns the payload of a form: its field {@code d}. */
    public static String payload(String form) {
        for (String field : form.split("&", -1)) {
            if (field.startsWith("d=")) {
                return withNewlines(decoded(field.substring(2)));
            }
        }
        throw new MalformedPacketException("a form without data");
    }

    /** Line separators end strings in old JavaScript engines; angle brackets could end the script in a page. */
    private static boolean escaped(char c) {
        return c < ' ' || c == '<' || c == '>' || c == '\u2028' || c == '\u2029';
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedPacketException("a form that cannot be decoded");
        }
    }

    /** Restores line ends: the client sends them as a backslash and n, and doubles the backslash of a real one. */
    private static String withNewlines(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\\\n", i)) {
                plain.append("\\n");
                i += 2;
            } else if (text.startsWith("\\n", i)) {
                plain.append('\n');
                i++;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
