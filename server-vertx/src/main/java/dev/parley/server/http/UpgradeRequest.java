package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.WebSocketOffer;
import dev.parley.server.http.response.Answers;
import dev.parley.server.http.response.HttpExchange;
import dev.parley.server.http.websocket.FrameHandler;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request to upgrade a session to WebSocket. Safe from any thread.
 *
 * @param handshake completes the handshake, on the request's loop
 */
record UpgradeRequest(HttpExchange exchange, EngineSession session,
        Supplier<Future<FrameHandler>> handshake) implements WebSocketOffer {
    private static final Logger LOG = LoggerFactory.getLogger(UpgradeRequest.class);

    @Override
    public void accept() {
        exchange.run(() -> open().onSuccess(socket -> socket.join(session, this))
                .onFailure(failure -> session.loop().run(() -> session.notOpened(this))));
    }

    @Override
    public void turnAway() {
        // The WebSocket is never attached to the session, which continues.
        exchange.run(() -> open().onSuccess(FrameHandler::close));
    }

    @Override
    public void refuse(EngineError error, String why) {
        exchange.refuse(error, why);
    }

    /** Completes the handshake. A fault of the server ends only the request: the session continues on polling. */
    private Future<FrameHandler> open() {
        try {
            return handshake.get();
        } catch (RuntimeException e) {
            LOG.error("A WebSocket could not be opened", e);
            var response = exchange.request().response();
            if (response.headWritten()) {
                exchange.cut();
            } else {
                Answers.status(response, 500);
            }
            return Future.failedFuture(e);
        }
    }
}
