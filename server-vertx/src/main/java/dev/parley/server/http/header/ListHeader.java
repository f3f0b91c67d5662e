package dev.parley.server.http.header;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads request headers whose value is a list. RFC 9110, section 5.3: several lines of the same name are one list, in their order.
 * Stateless.
 */
public final class ListHeader {
    /** Names, in lower case, of headers whose value is no list: of several lines the first is used. */
    public static final Set<String> SINGLE = Set.of("age", "authorization", "content-length", "content-type",
            "from", "host", "if-modified-since", "if-unmodified-since", "max-forwards", "origin",
            "proxy-authorization", "referer", "sec-websocket-key", "sec-websocket-version", "user-agent");

    /** Maximum number of elements; further ones are ignored, since no header read here needs as many. */
    private static final int MAX_ELEMENTS = 256;

    private ListHeader() {}

    /** Returns the lines of a header joined by commas; null if there is none. */
    public static @Nullable String joined(MultiMap headers, String name) {
        if (!headers.contains(name)) {
            return null;
        }
        var lines = headers.getAll(name);
        return lines.size() == 1 ? lines.getFirst() : String.join(", ", lines);
    }

    /** Returns the elements of a header, without the empty ones. */
    public static List<String> elements(MultiMap headers, String name) {
        if (!headers.contains(name)) {
            return List.of();
        }
        var elements = new ArrayList<String>();
        // Line by line: a quote that a line leaves open does not hide the next line.
        headers.getAll(name).forEach(line -> split(line, ',', elements));
        return elements;
    }

    /** Returns the elements of a list, without the empty ones. */
    public static List<String> elements(String list) {
        var elements = new ArrayList<String>();
        split(list, ',', elements);
        return elements;
    }

    /** Returns the parts of an element that semicolons separate, without the empty ones. */
    static List<String> parameters(String element) {
        var parts = new ArrayList<String>();
        split(element, ';', parts);
        return parts;
    }

    /** Returns whether a header's list has a token, in any case. */
    public static boolean has(MultiMap headers, String name, String token) {
        return headers.contains(name)
                && elements(headers, name).stream().anyMatch(element -> element.equalsIgnoreCase(token));
    }

    /** Splits at a separator, except inside of quoted strings. */
    private static void split(String text, char separator, List<String> into) {
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length() && into.size() < MAX_ELEMENTS; i++) {
            char c = text.charAt(i);
            if (c == separator && !quoted) {
                add(text, from, i, into);
                from = i + 1;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++; // the next character stands for itself
            }
        }
        if (into.size() < MAX_ELEMENTS) {
            add(text, from, text.length(), into);
        }
    }

    private static void add(String text, int from, int to, List<String> into) {
        String part = trim(text, from, to);
        if (!part.isEmpty()) {
            into.add(part);
        }
    }

    private static String trim(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
