package dev.parley.server.engine;

import dev.parley.protocol.engine.EngineError;

/** One HTTP request that waits for its answer. Answered once, from any thread; an answer to a request whose peer has gone is dropped. */
public interface Exchange {
    /**
     * Answers 200 with text.
     *
     * @param compress whether it may be compressed
     */
    void answer(String body, boolean compress);

    /**
     * Answers 200 with bytes.
     *
     * @param compress whether it may be compressed
     */
    void answer(byte[] body, boolean compress);

    /**
     * Answers with an error.
     *
     * @param why a fixed text for the log
     */
    void refuse(EngineError error, String why);
}
