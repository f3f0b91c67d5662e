package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.http.loop.NettyLoop;
import dev.parley.server.http.response.Compression;
import dev.parley.server.http.response.HttpExchange;
import dev.parley.server.http.response.PollResponseTimeout;
import dev.parley.server.http.websocket.WebSocketUpgrade;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Predicate;

/**
 * Hands the requests of a session to it: polls, POSTs and upgrades. Safe from any event loop.
 *
 * @param endedByLeaving responds to a request for a session that has just ended, if this server is leaving; returns whether it did
 */
record SessionRequests(PostBody bodies, WebSocketUpgrade upgrades, Compression compression,
        PollResponseTimeout responseTimeout, Predicate<RequestSource> endedByLeaving) {

    /** Hands a request without a fault to its session, which is one of this server. */
    void serve(RequestSource source, EngineSession session, TransportKind transport) {
        var request = source.request();
        if (transport == TransportKind.WEBSOCKET) {
            upgrade(source, session);
        } else if (HttpMethod.GET.equals(request.method())) {
            poll(source, session);
        } else if (HttpMethod.POST.equals(request.method())) {
            var exchange = exchange(source, session);
            bodies.read(request, exchange.eventLoop(), new SessionPost(session, exchange, source.body()));
        } else {
            source.refuse(EngineError.BAD_REQUEST, "neither GET nor POST");
        }
    }

    private void poll(RequestSource source, EngineSession session) {
        var exchange = exchange(source, session);
        source.request()
                .response()
                .closeHandler(closed -> session.loop().run(() -> session.pollLost(exchange)));
        session.loop().run(() -> session.poll(exchange));
    }

    private void upgrade(RequestSource source, EngineSession session) {
        var request = source.request();
        if (!upgrades.acceptable(request)) {
            refuseHandshake(source);
            return;
        }
        var offer = new UpgradeRequest(exchange(source, session), session,
                () -> upgrades.perform(request, framing(request, session)));
        session.loop().run(() -> session.offerWebSocket(offer));
    }

    /** Refuses a request that is no WebSocket handshake. */
    static void refuseHandshake(RequestSource source) {
        // RFC 6455, section 4.2.2: whatever was wrong, the client learns which version is spoken.
        source.request().response().putHeader("Sec-WebSocket-Version", WebSocketUpgrade.VERSION);
        source.refuse(EngineError.BAD_REQUEST, "not a WebSocket handshake");
    }

    /** Returns the framing of a transport. A client that has requested text only is sent nothing else. */
    private static Framing framing(HttpServerRequest request, EngineSession session) {
        boolean textOnly = session.framing() == Framing.V4_BASE64;
        return textOnly ? Framing.V4_BASE64 : RequestCheck.framing(request, session.revision());
    }

    /** Returns the exchange of a request with its session. */
    HttpExchange exchange(RequestSource source, EngineSession session) {
        return exchange(source, session.revision());
    }

    /** Returns the exchange of a request of a revision. */
    HttpExchange exchange(RequestSource source, EngineRevision revision) {
        String jsonp = revision == EngineRevision.V4 ? "" : RequestCheck.jsonp(source.request());
        return new HttpExchange(source.request(), responseTimeout, compression, jsonp, source.loop(),
                (error, why) -> {
                    if (error != EngineError.UNKNOWN_SID || !endedByLeaving.test(source)) {
                        source.told(error, why);
                    }
                });
    }

    /** Returns the event loop of the request that is handled. */
    static EventLoop loop() {
        return ((ContextInternal) Vertx.currentContext()).nettyEventLoop();
    }

    /** Returns it as the loop of a session. */
    static NettyLoop sessionLoop() {
        return new NettyLoop(loop());
    }
}
