package dev.parley.server.engine;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;

/** A session's WebSocket. Called on the session's loop only. Packets leave in order, with few flushes. */
public interface WebSocketLink {
    /**
     * Sends packets, each in a frame.
     *
     * @param shared bytes of their weight that other sessions hold too
     */
    void write(List<EnginePacket> packets, long shared);

    /** Pauses or resumes reading and passing messages to the session. */
    default void pause(boolean paused) {}

    /** Closes the WebSocket at once if bytes are queued, else in order. */
    default void abort() {
        close();
    }

    /** Closes the WebSocket after the packets written before. Its messages are dropped from now on. */
    void close();
}
