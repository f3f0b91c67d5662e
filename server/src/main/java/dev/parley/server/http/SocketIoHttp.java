package dev.parley.server.http;

import dev.parley.server.ListenException;
import dev.parley.server.ListenOptions;
import dev.parley.server.SocketIoServer;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * Puts a {@link SocketIoServer} on a Vert.x HTTP server of the application's. Whoever stops the HTTP server closes the {@link
 * SocketIoServer} first: WebSockets belong to it alone. A server that needs no other routes is put on a port by {@link
 * SocketIoServer#listen(int)}.
 *
 * <p>One Vert.x HTTP server uses one event loop. {@link #listen} uses several.
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

    /**
     * Listens with as many event loops as the options say, one for each processor by default, and gives each connection to one of them.
     * Blocks until it listens. The handler, a router for example, is called on all of these loops. {@link Vertx#close} stops it.
     *
     * @param handler handles all requests; calls a {@linkplain #handler(SocketIoServer) server's handler} for those of the server
     * @param where   whose {@code http} is not used: it was given to the server's handler
     * @return the port it listens on
     * @throws ListenException       when the port is in use, or it cannot listen for another reason
     * @throws IllegalStateException on an event loop, which must not block
     */
    public static int listen(Vertx vertx, HttpServerOptions http, Handler<HttpServerRequest> handler,
            ListenOptions where) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("listen blocks and must not be called on an event loop");
        }
        return EventLoops.listen(vertx, http, handler, where);
    }
}
