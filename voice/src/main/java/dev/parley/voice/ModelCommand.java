package dev.parley.voice;

/** What a conversation tells a speech model. The system prompt, if any, comes first; {@link Close} comes last. */
public sealed interface ModelCommand {

    /** How the assistant shall behave; the embedded model reads its name and greeting from it. */
    record SystemPrompt(String text) implements ModelCommand {}

    /** The user's voice: PCM, 16 kHz, mono, 16-bit little-endian; usually 32 ms (1 024 bytes). The array is handed over. */
    record Audio(byte[] pcm) implements ModelCommand {}

    /** Something the user typed. It is answered like something said. */
    record Text(String content) implements ModelCommand {}

    /** The answer to {@link ModelEvent.ToolCall}: a JSON object as text. */
    record ToolResult(String toolUseId, String json) implements ModelCommand {}

    /** Something the assistant shall say unasked, for example that a timer has ended. */
    record Notice(String text) implements ModelCommand {}

    /** No more input. The model ends the stream with {@link ModelEvent.Ended}. */
    record Close() implements ModelCommand {}
}
