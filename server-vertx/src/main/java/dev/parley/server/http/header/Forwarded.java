package dev.parley.server.http.header;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of the header {@code Forwarded}, RFC 7239: what one proxy says of the request that it received. A text is empty where the
 * proxy says nothing.
 *
 * @param node  who made the request ({@code for})
 * @param host  for which host
 * @param proto over {@code http} or {@code https}
 */
public record Forwarded(String node, String host, String proto) {
    private static final int LONGEST = 2_000;

    /** Returns the elements of a request in their order, the last proxy's at the end; none if the header cannot be read. */
    public static List<Forwarded> of(MultiMap headers) {
        var elements = new ArrayList<Forwarded>();
        for (String element : ListHeader.elements(headers, "Forwarded")) {
            var read = element.length() > LONGEST ? null : read(element);
            if (read == null) {
                // A quote left open by a client could hide what the proxy wrote behind it.
                return List.of();
            }
            elements.add(read);
        }
        return elements;
    }

    private static @Nullable Forwarded read(String element) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : ListHeader.parameters(element)) {
            int equals = pair.indexOf('=');
            String value = equals < 1 ? null : value(pair.substring(equals + 1));
            if (value == null
                    || pairs.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), value) != null) {
                return null;
            }
        }
        return new Forwarded(pairs.getOrDefault("for", ""), pairs.getOrDefault("host", ""),
                pairs.getOrDefault("proto", ""));
    }

    /** A token as it is, or the inside of a quoted string; null for what is neither. */
    private static @Nullable String value(String text) {
        if (!text.startsWith("\"")) {
            return text.indexOf('"') < 0 ? text : null;
        }
        var inside = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i == text.length() - 1 ? inside.toString() : null;
            }
            if (c == '\\') {
                i++;
                if (i == text.length()) {
                    return null;
                }
            }
            inside.append(text.charAt(i));
        }
        return null;
    }
}
