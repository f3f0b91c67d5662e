package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;

/** The owner of a session that is not open yet: ignores everything. */
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
