package dev.parley.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The options of a {@link SocketClient}.
 *
 * @param path      the path of Engine.IO on the host
 * @param namespace the Socket.IO namespace
 * @param auth      the credentials for the namespace: a JSON object, or null
 * @param headers   sent with every request, also that of the WebSocket
 * @param query     added to the URL of every request
 * @param cookies   whether cookies are kept and sent back, as browsers do and sticky load balancers need
 */
public record ClientOptions(TransportMode mode, String path, String namespace, @Nullable JsonNode auth,
        Map<String, String> headers, Map<String, String> query, boolean cookies, Reconnection reconnection,
        Limits limits) {

    public ClientOptions {
        if (!path.startsWith("/") || !namespace.startsWith("/")) {
            throw new IllegalArgumentException("a path and a namespace start with /");
        }
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    /** Returns the defaults: upgrade mode, {@code /socket.io/}, the default namespace, no auth, cookies, no reconnection. */
    public static ClientOptions defaults() {
        return new ClientOptions(TransportMode.UPGRADE, "/socket.io/", "/", null, Map.of(), Map.of(), true,
                Reconnection.off(), Limits.defaults());
    }

    public ClientOptions withMode(TransportMode mode) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withPath(String path) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withNamespace(String namespace) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withAuth(JsonNode auth) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withHeaders(Map<String, String> headers) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withQuery(Map<String, String> query) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withCookies(boolean cookies) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withReconnection(Reconnection reconnection) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }

    public ClientOptions withLimits(Limits limits) {
        return new ClientOptions(mode, path, namespace, auth, headers, query, cookies, reconnection, limits);
    }
}
