package dev.parley.voice;

/**
 * What a speech model tells a conversation. Each text and each sentence of speech is a block with an id that is unique among all
 * streams, as in Nova Sonic's events: a browser that reconnects keeps what it has been told under them.
 *
 * <p>
 * A turn reads: {@link UserText} one or more; perhaps {@link ToolCall}; then for each sentence {@link AssistantText} SPECULATIVE, its
 * {@link Audio} pieces, {@link AudioEnd}, and {@link AssistantText} FINAL once it was really spoken.
 */
public sealed interface ModelEvent {

    /** What the user said, as recognised. */
    record UserText(String blockId, String text) implements ModelEvent {}

    /**
     * What the assistant is about to say (SPECULATIVE), or has said (FINAL).
     *
     * @param stop END_TURN on the last text of the answer, else PARTIAL_TURN
     */
    record AssistantText(String blockId, Stage stage, String text, StopReason stop) implements ModelEvent {}

    /** A piece of speech: PCM, 24 kHz, mono, 16-bit little-endian. May come faster than real time. The array is handed over. */
    record Audio(String blockId, byte[] pcm) implements ModelEvent {}

    /** A sentence's speech is complete. END_TURN on the last sentence of the answer. */
    record AudioEnd(String blockId, StopReason stop) implements ModelEvent {}

    /** The model wants a tool to run; it is answered with {@link ModelCommand.ToolResult}. {@code arguments} is a JSON object as text. */
    record ToolCall(String toolUseId, String name, String arguments) implements ModelEvent {}

    /** The user spoke over the assistant: all audio sent before this is stale. */
    record Interrupted() implements ModelEvent {}

    /** Tokens used so far on this stream. */
    record Usage(int inputSpeech, int inputText, int outputSpeech, int outputText) implements ModelEvent {}

    /**
     * The model has moved the conversation to another stream of its service; for figures, since nothing is lost and nobody notices.
     *
     * @param failed whether the one before had failed, rather than grown old
     */
    record Moved(boolean failed) implements ModelEvent {}

    /** The stream ended as asked. Nothing follows. */
    record Ended() implements ModelEvent {}

    /** The stream failed. Nothing follows. {@code message} is fit to be shown to the user. */
    record Failed(Kind kind, String message) implements ModelEvent {

        /** Whether another try helps: at once on a new stream, later, or not at all. */
        public enum Kind {
            RECOVERABLE,
            BUSY,
            FATAL
        }
    }

    /** Nova Sonic's {@code generationStage}. */
    enum Stage {
        SPECULATIVE,
        FINAL
    }

    /** Nova Sonic's {@code stopReason}. */
    enum StopReason {
        PARTIAL_TURN,
        END_TURN,
        INTERRUPTED,
        TOOL_USE
    }
}
