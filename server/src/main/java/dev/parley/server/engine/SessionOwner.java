package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;

/** The layer above a session. Called on the session's loop. */
public interface SessionOwner {
    /** A message, text or binary. */
    void deliver(EnginePacket packet);

    void upgraded();

    /** Last and once. */
    void closed(CloseReason reason);

    /** All that an input caused has been told: the moment to send what has gathered. */
    void settled();
}
