package dev.parley.server.engine;

import dev.parley.protocol.engine.EngineError;
import java.util.function.Consumer;

/** One HTTP request that waits for its answer. Answered once, from any thread; an answer to a request whose peer has gone is lost. */
public interface Exchange {
    /** What became of an answer. */
    enum Outcome {
        /** The network has taken all of it. */
        TAKEN,
        /** The peer went before that, or took too long. */
        LOST
    }

    /**
     * Answers 200 with text.
     *
     * @param compress whether it may be compressed
     * @param then     told once, on any thread and in a bounded time
     */
    void answer(String body, boolean compress, Consumer<Outcome> then);

    /**
     * Answers 200 with bytes.
     *
     * @param compress whether it may be compressed
     * @param then     told once, on any thread and in a bounded time
     */
    void answer(byte[] body, boolean compress, Consumer<Outcome> then);

    /** Ends the connection of a response that the network has not taken yet. */
    default void cut() {}

    /**
     * Answers with an error.
     *
     * @param why a fixed text for the log
     */
    void refuse(EngineError error, String why);
}
