package dev.parley.server.engine;

/** A request to upgrade a session from polling to WebSocket. */
public interface WebSocketOffer extends EngineRequest {
    /** Opens the WebSocket; {@link EngineSession#attach} or {@link EngineSession#notOpened} follows. */
    void accept();

    /** Completes the handshake and closes the WebSocket, since the session has one already. */
    void turnAway();
}
