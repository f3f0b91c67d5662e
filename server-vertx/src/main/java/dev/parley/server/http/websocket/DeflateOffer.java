package dev.parley.server.http.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Negotiates {@code permessage-deflate}: RFC 7692, sections 5 and 7.1. The first offer that can be accepted is; one with a parameter that
 * is unknown, comes twice or has a value it may not have is declined, as is one that limits the server's window, which is always the
 * largest. Stateless; any thread.
 */
final class DeflateOffer {
    private static final String NAME = "permessage-deflate";
    private static final int MAX_OFFERS = 16;
    private static final String FULL_WINDOW = "15";

    private DeflateOffer() {}

    /** The value of {@code Sec-WebSocket-Extensions} in the response to a client's offers; empty when none can be accepted. */
    static Optional<String> agree(String offers) {
        return split(offers, ',').stream()
                .limit(MAX_OFFERS)
                .map(DeflateOffer::response)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> response(String offer) {
        var parts = split(offer, ';');
        if (!parts.getFirst().strip().equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            // A parameter without a value differs from one with an empty value, which is never valid.
            String value = equals < 0 ? "" : "=" + unquoted(part.substring(equals + 1).strip());
            if (!acceptable(name, value) || parameters.put(name, value) != null) {
                return Optional.empty();
            }
        }
        // No context is kept on either side, which a server may demand unasked: sections 7.1.1.1 and 7.1.1.2.
        String response = NAME + "; server_no_context_takeover; client_no_context_takeover";
        return Optional.of(parameters.containsKey("server_max_window_bits")
                ? response + "; server_max_window_bits=" + FULL_WINDOW
                : response);
    }

    private static boolean acceptable(String name, String value) {
        return switch (name) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
            case "client_max_window_bits" -> value.isEmpty() || value.matches("=([89]|1[0-5])");
            case "server_max_window_bits" -> value.equals("=" + FULL_WINDOW);
            default -> false;
        };
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Splits at a separator that is in no quoted string. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
