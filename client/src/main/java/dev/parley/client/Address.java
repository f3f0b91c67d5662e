package dev.parley.client;

import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.net.URI;
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
        return URI.create(page() + "?" + pollingQuery());
    }

    URI polling(String sid) {
        return URI.create(page() + "?" + pollingQuery().sid(sid));
    }

    URI webSocket() {
        return URI.create(webSocketPage() + "?" + webSocketQuery());
    }

    URI webSocket(String sid) {
        return URI.create(webSocketPage() + "?" + webSocketQuery().sid(sid));
    }

    /** Returns the URL without a query, for people. */
    String page() {
        return (secure ? "https://" : "http://") + origin + path;
    }

    private String webSocketPage() {
        return (secure ? "wss://" : "ws://") + origin + path;
    }

    private EngineQuery pollingQuery() {
        // A random parameter prevents responses from caches, as in the browser's client.
        String stamp = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
        return withExtra(EngineQuery.of(EngineRevision.V4, TransportKind.POLLING).stamp(stamp));
    }

    private EngineQuery webSocketQuery() {
        return withExtra(EngineQuery.of(EngineRevision.V4, TransportKind.WEBSOCKET));
    }

    private EngineQuery withExtra(EngineQuery to) {
        query.forEach(to::with);
        return to;
    }
}
