package dev.parley.server.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * Handles every request under the path before the server, including upgrades to WebSocket. Preflights reach it only with {@link
 * dev.parley.server.CorsOptions#preflightContinue}. Called on the request's event loop; must not block.
 */
@FunctionalInterface
public interface RequestMiddleware {
    /**
     * Handles a request.
     *
     * @param next passes the request on; called at most once, from any thread. If it is not called, the middleware must respond
     */
    void handle(HttpServerRequest request, Runnable next);
}
