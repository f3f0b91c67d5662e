package dev.parley.nova.event;

import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import java.util.Optional;

/** An event received from Nova Sonic, one in each message. {@code block} is the {@code contentId}. */
public sealed interface OutputEvent {

    /** The prompt is being answered; once for a prompt, not for a turn. */
    record CompletionStart() implements OutputEvent {}

    /** Opens a block. Only text has a stage; the user's text is FINAL. */
    record ContentStart(String block, Type type, Role role, Optional<Stage> stage) implements OutputEvent {}

    /** A piece of a TEXT block. */
    record TextOutput(String block, Role role, String text) implements OutputEvent {}

    /** A piece of an AUDIO block: PCM, mono, 16-bit little-endian, at the rate that the prompt asked for. */
    record AudioOutput(String block, byte[] pcm) implements OutputEvent {}

    /** The content of a TOOL block; {@code arguments} is JSON as text. */
    record ToolUse(String block, String toolUseId, String name, String arguments) implements OutputEvent {}

    /** The block is complete. */
    record ContentEnd(String block, Type type, StopReason stop) implements OutputEvent {}

    /** Tokens used so far on this stream. */
    record UsageEvent(Usage total) implements OutputEvent {}

    /** The prompt has been answered; after {@code promptEnd} only. */
    record CompletionEnd() implements OutputEvent {}

    /** An event of an unknown kind, which a newer model may send. */
    record Other(String name) implements OutputEvent {}

    /** The speaker of a block. */
    enum Role {
        USER,
        ASSISTANT,
        TOOL
    }

    /** The content type of a block. */
    enum Type {
        TEXT,
        AUDIO,
        TOOL
    }
}
