package dev.parley.server.http;

import dev.parley.server.ListenException;
import dev.parley.server.ListenOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.connection.ConnectionGuard;
import dev.parley.server.http.loop.EventLoops;
import dev.parley.server.http.node.NodeListener;
import dev.parley.server.transport.ServerGateway;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link SocketIoServer} on a Vert.x HTTP server of the application's. Whoever stops the HTTP server closes the {@link
 * SocketIoServer} first: WebSockets belong to it alone. A server that needs no other routes is put on a port by {@link
 * SocketIoServer#listen(int)}.
 *
 * <p>One Vert.x HTTP server uses one event loop. {@link #listen} uses several.
 */
public final class SocketIoHttp {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoHttp.class);

    /** Allowance for bytes that decoders count differently from {@link HeadCheck}. */
    private static final int DECODER_SLACK = 1_024;

    private SocketIoHttp() {}

    /**
     * Handles every request whose path is under the server's {@code path}: polling, upgrades to WebSocket and the client script. The
     * caller gives it no others, and has not read or paused their bodies.
     */
    public static Handler<HttpServerRequest> handler(SocketIoServer server) {
        return handler(server, HttpOptions.defaults());
    }

    /**
     * Returns options for an HTTP server whose decoder lets through what {@link HttpOptions#maxRequestLine} and {@link
     * HttpOptions#maxHeaders} allow, and twice as much, so that the handler can refuse it with CORS headers. Vert.x's own defaults are 4 096
     * and 8 192 bytes, and its refusals have no CORS headers: pages of other origins see a network error.
     */
    public static HttpServerOptions serverOptions(HttpOptions options) {
        var server = new HttpServerOptions();
        int line = 2 * options.maxRequestLine() + DECODER_SLACK;
        int headers = 2 * options.maxHeaders() + DECODER_SLACK;
        // HTTP/2 counts the request line among the headers, and 32 bytes more for each.
        int http2 = line + headers + 32 * HeadCheck.MAX_HEADER_LINES;
        server.setMaxInitialLineLength(line).setMaxHeaderSize(headers);
        server.setInitialSettings(server.getInitialSettings().setMaxHeaderListSize(http2));
        return server;
    }

    /** The same, with the HTTP side set otherwise. */
    public static Handler<HttpServerRequest> handler(SocketIoServer server, HttpOptions options) {
        var gateway = ServerGateway.of(server);
        gateway.eventLoops(Context::isOnEventLoopThread);
        return new Endpoint(gateway, options)::handle;
    }

    /**
     * Listens for requests of other servers, if the server belongs to a cluster that has a secret: at the address that the cluster's options name. Does
     * nothing otherwise. Blocks until it listens. An application calls it before {@link #listen(Vertx, HttpServerOptions, Handler, ListenOptions)}; {@link
     * SocketIoServer#listen(int)} does so by itself. {@link Vertx#close} stops it.
     *
     * @param options    those of the server's handler
     * @param eventLoops number of event loops
     * @throws ListenException       when the port is in use, or it cannot listen for another reason
     * @throws IllegalStateException on an event loop, which must not block
     */
    public static void listenForNodes(Vertx vertx, SocketIoServer server, HttpOptions options,
            int eventLoops) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("listenForNodes blocks and must not be called on an event loop");
        }
        var gateway = ServerGateway.of(server);
        gateway.options().routing().filter(routing -> !routing.secrets().isEmpty()).ifPresent(routing -> {
            var endpoint = new Endpoint(gateway, options);
            // Longer than a poll can be pending, and than other servers keep a connection.
            var idle = gateway.options().pingInterval().plus(gateway.options().pingTimeout()).plusMinutes(2);
            NodeListener.open(vertx, routing, serverOptions(options), idle, eventLoops, connectionFaults(),
                    endpoint::handleForwarded);
        });
    }

    /**
     * Returns a handler for the faults of connections, for {@code HttpConnection.exceptionHandler} and {@code HttpServer.exceptionHandler}.
     * No code of the application runs there: clients cause them, by leaving or by sending what is not HTTP, and they are logged at debug, in
     * a limited number. Without it Vert.x logs some of them as errors; so it does, in any case, of connections that are reset before they
     * sent anything where HTTP/2 in clear text is enabled.
     */
    public static Handler<Throwable> connectionFaults() {
        var faults = new ClientFaults();
        return failure -> {
            if (failure instanceof Error) {
                LOG.error("A connection failed", failure);
            } else {
                faults.log("A connection broke, or carried what is not HTTP");
            }
        };
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
        return listen(vertx, http, handler, where, Duration.ZERO);
    }

    /**
     * Listens as above.
     *
     * @param grace how long requests may take to be answered when the Vert.x ends; meanwhile no connections are accepted. For a server of a cluster
     *              about 2 s, so that a balancer sees no broken request
     */
    public static int listen(Vertx vertx, HttpServerOptions http, Handler<HttpServerRequest> handler,
            ListenOptions where, Duration grace) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("listen blocks and must not be called on an event loop");
        }
        return EventLoops.listen(vertx, http, handler, opened(connection -> {}), connectionFaults(), where,
                grace);
    }

    /**
     * Listens as above, and holds connections to their limits: from their opening, or where HTTP/2 in clear text is enabled from their first request.
     *
     * @param options the limits of connections, and the trusted proxies
     */
    public static int listen(Vertx vertx, HttpServerOptions http, HttpOptions options,
            Handler<HttpServerRequest> handler, ListenOptions where, Duration grace) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("listen blocks and must not be called on an event loop");
        }
        return EventLoops.listen(vertx, http, handler, guarded(options), connectionFaults(), where, grace);
    }

    /** Returns a handler of new connections that holds them to their limits. */
    static Handler<HttpConnection> guarded(HttpOptions options) {
        return opened(
                new ConnectionGuard(options.connections(), options.trustedProxies()::isTrusted)::opened);
    }

    private static Handler<HttpConnection> opened(Handler<HttpConnection> guard) {
        Handler<Throwable> faults = connectionFaults();
        return connection -> {
            connection.exceptionHandler(faults);
            guard.handle(connection);
        };
    }
}
