package dev.parley.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The URLs of one Engine.IO server. */
record Address(String origin, String path, boolean secure, Map<String, String> query) {

    /** Accepts {@code http}, {@code https}, {@code ws} and {@code wss} URLs without a path; throws IllegalArgumentException. */
    static Address of(URI url, ClientOptions options) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https") || scheme.equals("wss");
        if (!secure && !scheme.equals("http") && !scheme.equals("ws")) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is not an address; it reads like http://localhost:3000");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" names no host; an address reads like http://localhost:3000");
        }
        String path = url.getPath() == null ? "" : url.getPath();
        if ((!path.isEmpty() && !path.equals("/")) || url.getQuery() != null) {
            throw new IllegalArgumentException("\"" + url
                    + "\" has more than a host; the path of Socket.IO and a query are options of their own");
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return new Address(url.getHost() + port, options.path(), secure, options.query());
    }

    URI polling() {
        // A random parameter prevents responses from caches, as in the browser's client.
        String stamp = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
        return URI.create(page() + "?EIO=4&transport=polling&t=" + stamp + extra());
    }

    URI polling(String sid) {
        return URI.create(polling() + "&sid=" + encode(sid));
    }

    URI webSocket() {
        return URI.create(
                (secure ? "wss://" : "ws://") + origin + path + "?EIO=4&transport=websocket" + extra());
    }

    URI webSocket(String sid) {
        return URI.create(webSocket() + "&sid=" + encode(sid));
    }

    /** Returns the URL without a query, for people. */
    String page() {
        return (secure ? "https://" : "http://") + origin + path;
    }

    private String extra() {
        var text = new StringBuilder();
        query.forEach((key, value) -> text.append('&').append(encode(key)).append('=').append(encode(value)));
        return text.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
