package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.WebSocketOffer;
import dev.parley.server.http.response.HttpExchange;
import dev.parley.server.http.websocket.FrameHandler;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A request to upgrade a session to WebSocket. Safe from any thread.
 *
 * @param handshake completes the handshake, on the request's loop
 */
record UpgradeRequest(HttpExchange exchange, EngineSession session,
        Supplier<Future<FrameHandler>> handshake) implements WebSocketOffer {
    @Override
    public void accept() {
        exchange.run(() -> handshake.get()
                .onSuccess(socket -> socket.join(session, this))
                .onFailure(failure -> session.loop().run(() -> session.notOpened(this))));
    }

    @Override
    public void turnAway() {
        // The WebSocket is never attached to the session, which continues.
        exchange.run(() -> handshake.get().onSuccess(FrameHandler::close));
    }

    @Override
    public void refuse(EngineError error, String why) {
        exchange.refuse(error, why);
    }
}
