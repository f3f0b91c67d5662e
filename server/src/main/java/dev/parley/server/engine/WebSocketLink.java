package dev.parley.server.engine;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;

/** A session's WebSocket. Safe from the session's loop only; writes leave in order, gathered into few flushes. */
public interface WebSocketLink {
    /** Sends packets, each as a frame of its own. */
    void write(List<EnginePacket> packets);

    /** Closes it in order, after what was written; nothing of it reaches the session afterwards. */
    void close();
}
