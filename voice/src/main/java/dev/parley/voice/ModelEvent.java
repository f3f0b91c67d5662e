package dev.parley.voice;

/**
 * An event that a speech model sends to a conversation. Each text and each sentence of speech is a block with an id that is unique among
 * all streams, as in Nova Sonic's events: a browser that reconnects keeps the earlier blocks under these ids.
 *
 * <p>
 * A turn consists of one or more {@link UserText}; perhaps {@link ToolCall}; then for each sentence {@link AssistantText} SPECULATIVE, its
 * {@link Audio} pieces, {@link AudioEnd}, and {@link AssistantText} FINAL once the sentence was really spoken.
 */
public sealed interface ModelEvent {

    /** Recognised text of the user's speech. */
    record UserText(String blockId, String text) implements ModelEvent {}

    /**
     * Text that the assistant is about to say (SPECULATIVE) or has said (FINAL).
     *
     * @param stop END_TURN on the last text of the answer, otherwise PARTIAL_TURN
     */
    record AssistantText(String blockId, Stage stage, String text, StopReason stop) implements ModelEvent {}

    /** A piece of speech: PCM, 24 kHz, mono, 16-bit little-endian. May arrive faster than real time. The receiver owns the array. */
    record Audio(String blockId, byte[] pcm) implements ModelEvent {}

    /** The end of a sentence's speech. END_TURN on the last sentence of the answer. */
    record AudioEnd(String blockId, StopReason stop) implements ModelEvent {}

    /** A request to run a tool, answered by {@link ModelCommand.ToolResult}. {@code arguments} is a JSON object as text. */
    record ToolCall(String toolUseId, String name, String arguments) implements ModelEvent {}

    /** The user spoke over the assistant: all audio sent before this event is stale. */
    record Interrupted() implements ModelEvent {}

    /**
     * The answer pauses, because a voice is heard over it: the player stops at once and drops all audio that it has received. The answer is
     * kept until words decide. {@link Resumed} or {@link Interrupted} follows. Only for {@link StreamSettings#pausable} streams.
     */
    record Paused() implements ModelEvent {}

    /** The paused answer goes on. The rest of its audio follows, beginning at a clause that was begun before the pause. */
    record Resumed() implements ModelEvent {}

    /** The assistant hears its own voice: the page stops listening while it speaks. Only for {@link StreamSettings#pausable} streams. */
    record SelfHeard() implements ModelEvent {}

    /**
     * The last text of the user and the answers to it are void, because the user went on speaking. Earlier texts of the same turn stay. A
     * {@link UserText} with the whole sentence follows.
     */
    record Superseded() implements ModelEvent {}

    /**
     * Words of the user, or the rest of an answer, could not be saved when a stream of the model's service was replaced, or because the model
     * was too far behind. The user has to say them again. Sent once for each loss.
     */
    record QuestionLost() implements ModelEvent {}

    /**
     * The model's state of the conversation, from which another stream of the same model can go on: see {@link Continuation}. Opaque text of
     * at most 32 000 characters. Sent after each change, and only for {@link StreamSettings#portable} streams. Neither activity nor news.
     */
    record Snapshot(String state) implements ModelEvent {}

    /** Total tokens that this stream has used so far. */
    record Usage(int inputSpeech, int inputText, int outputSpeech, int outputText) implements ModelEvent {}

    /**
     * The model moved the conversation to another stream of its service. For metrics only: nothing is lost and the user notices nothing.
     *
     * @param failed whether the previous stream failed; otherwise it was replaced because of its age
     */
    record Moved(boolean failed) implements ModelEvent {}

    /** The stream ended as requested. No event follows. */
    record Ended() implements ModelEvent {}

    /** The stream failed. No event follows. {@code message} may be shown to the user. */
    record Failed(Kind kind, String message) implements ModelEvent {

        /** Says whether a retry helps: at once on a new stream, later, or not at all. */
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
