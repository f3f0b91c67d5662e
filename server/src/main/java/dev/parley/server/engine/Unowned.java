package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;

/** Stands in for the layer above a session that has not been opened. */
enum Unowned implements SessionOwner {
    INSTANCE;

    @Override
    public void deliver(EnginePacket packet) {}

    @Override
    public void upgraded(Duration took) {}

    @Override
    public void closed(CloseReason reason, CloseCause cause) {}

    @Override
    public void settled() {}
}
