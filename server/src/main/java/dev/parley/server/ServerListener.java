package dev.parley.server;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;

/**
 * Told about every connection, for logs and figures. Called on event loops: it must not block, and what it throws is logged and
 * dropped. The session id is a secret and is not told; {@code connection} is a short name made for logs.
 */
public interface ServerListener {
    /** A session was opened. */
    default void opened(String connection, TransportKind transport, Handshake handshake) {}

    /** A session's probe succeeded: it runs over WebSocket from here on. */
    default void upgraded(String connection) {}

    /** A session ended. */
    default void closed(String connection, TransportKind transport, CloseReason reason, Duration lifetime) {}

    /** A request was refused before it reached a session, or was not fit for it. */
    default void refused(Refusal refusal) {}

    /** A handler threw. */
    default void handlerFailed(String socketId, String event, Throwable failure) {}

    /**
     * A refused request.
     *
     * @param error   what it was answered
     * @param why     a fixed text that says more than the error does
     * @param method  of the request
     * @param address of the peer
     * @param origin  of the page that made it, empty when it did not say
     */
    record Refusal(EngineError error, String why, String method, String address, String origin) {}
}
