package dev.parley.server.admin;

import dev.parley.protocol.engine.EngineQuery;
import dev.parley.server.Handshake;
import dev.parley.server.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Describes a socket in the page's format. Omits secrets: cookies, authorization, tokens in the query, credentials. */
final class SocketView {
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie", "proxy-authorization",
            "x-api-key");
    private static final Set<String> SHOWN_QUERY = Set.of(EngineQuery.REVISION, EngineQuery.TRANSPORT,
            EngineQuery.STAMP, EngineQuery.BASE64);

    private SocketView() {}

    static Map<String, Object> of(Socket socket, String connection) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", socket.id());
        view.put("clientId", connection);
        view.put("transport", socket.transport());
        view.put("nsp", socket.namespace().name());
        view.put("data", Map.of());
        view.put("handshake", handshake(socket.handshake()));
        view.put("rooms", socket.rooms());
        return view;
    }

    private static Map<String, Object> handshake(Handshake handshake) {
        var headers = new LinkedHashMap<>(handshake.headers());
        headers.keySet().removeAll(SECRET_HEADERS);
        var query = new LinkedHashMap<>(handshake.query());
        query.keySet().retainAll(SHOWN_QUERY);
        var view = new LinkedHashMap<String, Object>();
        view.put("address", handshake.address());
        view.put("headers", headers);
        view.put("query", query);
        view.put("issued", handshake.time().toEpochMilli());
        view.put("secure", handshake.secure());
        view.put("time", handshake.time().toString());
        view.put("url", path(handshake.url()));
        view.put("xdomain", handshake.headers().containsKey("origin"));
        return view;
    }

    private static String path(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
