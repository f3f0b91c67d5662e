package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;

/** The layer above a session. Called on the session's loop. */
public interface SessionOwner {
    /** A message, text or binary. */
    void deliver(EnginePacket packet);

    /** The session runs over WebSocket now. */
    void upgraded(Duration took);

    /** A WebSocket was let in and may take over from polling; {@link #upgraded} or {@link #upgradeFailed} follows. */
    default void upgradeStarted() {}

    /** Polling goes on, or the session has ended. */
    default void upgradeFailed(UpgradeFailure why) {}

    /** How long the client took to answer a ping. */
    default void roundTrip(Duration took) {}

    /** The client's side of the heartbeat came. */
    default void heartbeat() {}

    /** These packets have gone to the transport. */
    default void flushed(List<EnginePacket> packets) {}

    /** What is sent from here on leaves at once: a poll hangs, or the WebSocket takes more again. */
    default void drained() {}

    /** The client broke the rules of WebSocket, on the session's WebSocket or on one that wanted to become it. */
    default void violated(WebSocketViolation violation) {}

    /** Last and once. */
    void closed(CloseReason reason, CloseCause cause);

    /** All that an input caused has been told: the moment to send what has gathered. */
    void settled();
}
