package dev.parley.server.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * Sees every request under the path before the server does, upgrades to WebSocket too, preflights only where {@link
 * dev.parley.server.CorsOptions#preflightContinue} lets them on. Called on the request's event loop; must not block.
 */
@FunctionalInterface
public interface RequestMiddleware {
    /**
     * Looks at a request.
     *
     * @param next goes on, once, from any thread; whoever does not call it answers the request
     */
    void handle(HttpServerRequest request, Runnable next);
}
