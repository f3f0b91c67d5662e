package dev.parley.server;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.util.List;

/**
 * Receives what happens on one connection, below the namespaces: for metrics, for tests, and to send as fast as a client reads. Its methods
 * are called on the connection's event loop and must not block; exceptions are logged and dropped. Packets hold what people say: keep them
 * out of logs.
 */
public interface ConnectionListener {
    /** A message of the client arrived, text or binary. */
    default void received(EnginePacket message) {}

    /** Messages for the client were made; they may have to wait before they are {@link #flushed}. */
    default void created(List<EnginePacket> messages) {}

    /** Packets were handed to the transport, those of the heartbeat among them. */
    default void flushed(List<EnginePacket> packets) {}

    /** Packets sent from now on leave at once: a poll is pending, or the WebSocket is writable again. */
    default void drained() {}

    /** The client's side of the heartbeat came: the pong of revision 4, the ping of revision 3. */
    default void heartbeat() {}

    /** The client moved to another transport. */
    default void upgraded(TransportKind transport) {}

    /** The connection ended. Last and once. */
    default void closed(CloseReason reason) {}

    /**
     * The connection ended. The server calls this method, which by default calls the one without a cause.
     *
     * @param cause says more than the reason when that is {@code transport error}
     */
    default void closed(CloseReason reason, CloseCause cause) {
        closed(reason);
    }
}
