package dev.parley.server.http.header;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a query: pairs with {@code &} between, escapes of UTF-8, {@code +} for a space. A pair with an escape that is
 * none, or whose bytes are not UTF-8, is taken literally, and no other with it. Stateless; any thread.
 */
public final class Query {
    /** Maximum number of pairs in {@link #all}, which is kept with each session. */
    public static final int MAX_PARAMETERS = 1_000;

    private Query() {}

    /** Returns the first value of a parameter, without building a map; empty when there is none, or its name stands alone. */
    public static String first(String query, String name) {
        int from = 0;
        while (from < query.length()) {
            int next = query.indexOf('&', from);
            int end = next < 0 ? query.length() : next;
            int equals = query.indexOf('=', from);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (isPlain(query, from, end)) {
                if (nameEnd - from == name.length() && query.startsWith(name, from)) {
                    return nameEnd == end ? "" : query.substring(nameEnd + 1, end);
                }
            } else {
                var pair = pair(query.substring(from, end));
                if (pair.getKey().equals(name)) {
                    return pair.getValue();
                }
            }
            from = end + 1;
        }
        return "";
    }

    /** Returns the first value of each parameter, in the query's order. */
    public static Map<String, String> all(@Nullable String query) {
        Map<String, String> all = new LinkedHashMap<>();
        int from = 0;
        for (int i = 0; query != null && from < query.length() && i < MAX_PARAMETERS; i++) {
            int next = query.indexOf('&', from);
            int end = next < 0 ? query.length() : next;
            if (end > from) {
                var pair = pair(query.substring(from, end));
                all.putIfAbsent(pair.getKey(), pair.getValue());
            }
            from = end + 1;
        }
        return all;
    }

    private static Map.Entry<String, String> pair(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "" : text.substring(equals + 1);
        String plainName = decoded(name);
        String plainValue = decoded(value);
        return plainName == null || plainValue == null ? Map.entry(name, value)
                : Map.entry(plainName, plainValue);
    }

    private static boolean isPlain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+') {
                return false;
            }
        }
        return true;
    }

    /** Decodes the escapes of a text; returns null when one is invalid or their bytes are not UTF-8. */
    private static @Nullable String decoded(String text) {
        if (isPlain(text, 0, text.length())) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        var bytes = ByteBuffer.allocate(text.length() / 3 + 1);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '%') {
                plain.append(c == '+' ? ' ' : c);
                i++;
                continue;
            }
            bytes.clear();
            for (; i < text.length() && text.charAt(i) == '%'; i += 3) {
                int high = hex(text, i + 1);
                int low = hex(text, i + 2);
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.put((byte) (high << 4 | low));
            }
            try {
                plain.append(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()));
            } catch (CharacterCodingException e) {
                return null;
            }
        }
        return plain.toString();
    }

    private static int hex(String text, int index) {
        char c = index < text.length() ? text.charAt(index) : 'x';
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
