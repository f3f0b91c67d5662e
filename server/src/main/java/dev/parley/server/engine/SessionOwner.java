package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;

/** The layer above a session. Its methods are called on the session's loop. */
public interface SessionOwner {
    /** Handles a text or binary message. */
    void deliver(EnginePacket packet);

    /** The session has upgraded to WebSocket. */
    void upgraded(Duration took);

    /** An upgrade to WebSocket was requested; {@link #upgraded} or {@link #upgradeFailed} follows. */
    default void upgradeStarted() {}

    /** The upgrade failed: polling continues, or the session has ended. */
    default void upgradeFailed(UpgradeFailure why) {}

    /** The client responded to a ping after this time. */
    default void roundTrip(Duration took) {}

    /** A ping or pong of the client arrived. */
    default void heartbeat() {}

    /** These packets were passed to the transport. */
    default void flushed(List<EnginePacket> packets) {}

    /** Packets leave at once again: a poll is pending, or the WebSocket is writable. */
    default void drained() {}

    /** The client violated the WebSocket protocol, on the session's WebSocket or on that of an upgrade. */
    default void violated(WebSocketViolation violation) {}

    /** The session has ended. Last, and once. */
    void closed(CloseReason reason, CloseCause cause);

    /** All effects of an input were performed: the owner can send the packets that it has collected. */
    void settled();
}
