package dev.parley.voice;

/** A command that a conversation sends to a speech model. The system prompt, if any, comes first; {@link Close} comes last. */
public sealed interface ModelCommand {

    /** Instructions for the assistant's behaviour. The embedded model reads its name and greeting from them. */
    record SystemPrompt(String text) implements ModelCommand {}

    /** Audio of the user: PCM, 16 kHz, mono, 16-bit little-endian; usually 32 ms (1 024 bytes). The receiver owns the array. */
    record Audio(byte[] pcm) implements ModelCommand {}

    /** Text that the user typed. The model answers it like speech. */
    record Text(String content) implements ModelCommand {}

    /** The result of {@link ModelEvent.ToolCall}: a JSON object as text. */
    record ToolResult(String toolUseId, String json) implements ModelCommand {}

    /** Text for the assistant to say unprompted, for example that a timer has ended. */
    record Notice(String text) implements ModelCommand {}

    /** Ends the input. The model ends the stream with {@link ModelEvent.Ended}. */
    record Close() implements ModelCommand {}
}
