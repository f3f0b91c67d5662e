package dev.parley.server.http;

import io.netty.handler.codec.http.QueryStringDecoder;

/** Reads one parameter of a query as it stands, without a map of all of them: every request asks for a few. Stateless; any thread. */
final class Query {
    private Query() {}

    /** The first value of a parameter, decoded; empty when there is none, also when its name stands alone. */
    static String first(String query, String name) {
        if (query.indexOf('%') >= 0 || query.indexOf('+') >= 0 || query.indexOf(';') >= 0) {
            return decoded(query, name);
        }
        int from = 0;
        while (from < query.length()) {
            int next = query.indexOf('&', from);
            int end = next < 0 ? query.length() : next;
            int after = from + name.length();
            if (query.startsWith(name, from) && after == end) {
                return "";
            }
            if (query.startsWith(name, from) && query.charAt(after) == '=') {
                return query.substring(after + 1, end);
            }
            from = end + 1;
        }
        return "";
    }

    private static String decoded(String query, String name) {
        try {
            var values = new QueryStringDecoder(query, false).parameters().get(name);
            return values == null ? "" : values.getFirst();
        } catch (IllegalArgumentException e) {
            // An escape that is none: what it should have said is not known.
            return "";
        }
    }
}
