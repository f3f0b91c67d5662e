package dev.parley.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/**
 * Adds headers to a response. Called on the request's event loop before the response is known; must not block. If it throws, the response
 * has status 500.
 */
@FunctionalInterface
public interface HeadersHook {
    /** Adds headers, or changes existing ones. The server's own headers are set afterwards and override them. */
    void add(MultiMap headers, HttpServerRequest request);
}
