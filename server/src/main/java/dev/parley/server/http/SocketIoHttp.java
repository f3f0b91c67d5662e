package dev.parley.server.http;

import dev.parley.server.SocketIoServer;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Puts a {@link SocketIoServer} on a Vert.x HTTP server. Whoever stops the HTTP server closes the {@link SocketIoServer} first: WebSockets
 * belong to it alone.
 */
public final class SocketIoHttp {
    private SocketIoHttp() {}

    /**
     * Handles every request whose path is under the server's {@code path}: polling, upgrades to WebSocket and the client script. The
     * caller gives it no others, and has not read or paused their bodies.
     */
    public static Handler<HttpServerRequest> handler(SocketIoServer server) {
        return handler(server, HttpOptions.defaults());
    }

    /** The same, with the HTTP side set otherwise. */
    public static Handler<HttpServerRequest> handler(SocketIoServer server, HttpOptions options) {
        server.eventLoops(Context::isOnEventLoopThread);
        return new Endpoint(server, options)::handle;
    }
}
