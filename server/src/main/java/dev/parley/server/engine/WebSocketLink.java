package dev.parley.server.engine;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;

/** A session's WebSocket. Safe from the session's loop only; writes leave in order, gathered into few flushes. */
public interface WebSocketLink {
    /**
     * Sends packets, each as a frame of its own.
     *
     * @param shared bytes of them that other sessions hold too
     */
    void write(List<EnginePacket> packets, long shared);

    /** Stops handing messages to the session and reading more of them, or goes on. */
    default void pause(boolean paused) {}

    /** Ends it at once where bytes wait for the client, in order otherwise. */
    default void abort() {
        close();
    }

    /** Closes it in order, after what was written; nothing of it reaches the session afterwards. */
    void close();
}
