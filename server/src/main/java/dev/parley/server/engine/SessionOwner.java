package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;

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

    /** Last and once. */
    void closed(CloseReason reason);

    /** All that an input caused has been told: the moment to send what has gathered. */
    void settled();
}
