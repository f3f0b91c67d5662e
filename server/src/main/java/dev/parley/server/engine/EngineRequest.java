package dev.parley.server.engine;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.session.ClientRequest;

/** An HTTP request for a session, which gets one response. Its methods are safe from any thread. */
public interface EngineRequest extends ClientRequest {
    /**
     * Responds with an error.
     *
     * @param why a fixed text for the log
     */
    void refuse(EngineError error, String why);
}
