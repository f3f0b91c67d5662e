package dev.parley.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/**
 * Adds headers to an answer. Called on the request's event loop before the answer is known; must not block. When it throws, the answer is
 * 500.
 */
@FunctionalInterface
public interface HeadersHook {
    /** Adds headers, or changes those that are there; what the server sets itself afterwards wins. */
    void add(MultiMap headers, HttpServerRequest request);
}
