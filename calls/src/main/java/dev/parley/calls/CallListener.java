package dev.parley.calls;

import java.time.Duration;

/**
 * Receives the events of all calls, for metrics; never the content. Called on the calls' threads, so it must not block and must be
 * thread-safe.
 */
public interface CallListener {

    /** A conversation with the model was opened. */
    default void opened() {}

    /** A conversation's stream, or the one that the model has for it, was replaced by another while it still ran. */
    default void renewed() {}

    /** A conversation's stream, or the one that the model has for it, was replaced by another after it had failed. */
    default void restarted() {}

    /** A stream failed. */
    default void failed(Failure kind) {}

    /** The user said or typed something that wants an answer. */
    default void turn() {}

    /** The user spoke over the assistant. */
    default void bargedIn() {}

    /** The first sound of an answer came, so long after the user's last loud sound. */
    default void answered(Duration afterSpeech) {}

    /** A stream's first event came, so long after it was opened. */
    default void modelBegan(Duration afterOpening) {}

    /**
     * A tool has answered, or was given up.
     *
     * @param tool one of those that there are, or {@code unknown}
     */
    default void toolFinished(String tool, boolean failed, Duration took) {}

    /** A piece of the user's speech was dropped, since the call has too much to do. */
    default void audioDropped() {}

    /** A browser that was lost came back to its conversation. */
    default void resumed() {}

    /** A conversation was ended since its browser did not come back, or another needed its place. */
    default void abandoned() {}

    /** Tokens that a model says it used, since it last said so. */
    default void used(Tokens tokens) {}

    /** Whether another try helps, as the model says. */
    enum Failure {
        RECOVERABLE,
        BUSY,
        FATAL
    }

    /** By what they stand for. */
    record Tokens(int inputSpeech, int inputText, int outputSpeech, int outputText) {}
}
