package dev.parley.server.engine;

import java.util.function.Consumer;

/** A poll or a POST. Its methods are safe from any thread; a response to a client that has gone is lost. */
public interface Exchange extends EngineRequest {
    /** The outcome of a response. */
    enum Outcome {
        /** The network has accepted all of it. */
        SENT,
        /** The client disconnected before that, or a timeout expired. */
        LOST
    }

    /**
     * Responds with status 200 and text.
     *
     * @param compress whether it may be compressed
     * @param then     called once, on any thread and within a timeout
     */
    void respond(String body, boolean compress, Consumer<Outcome> then);

    /**
     * Responds with status 200 and bytes.
     *
     * @param compress whether it may be compressed
     * @param then     called once, on any thread and within a timeout
     */
    void respond(byte[] body, boolean compress, Consumer<Outcome> then);

    /** Closes the connection of a response that the network has not accepted yet. */
    default void cut() {}
}
