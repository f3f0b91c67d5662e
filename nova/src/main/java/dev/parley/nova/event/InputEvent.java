package dev.parley.nova.event;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.List;
import java.util.Optional;

/**
 * An event sent to Nova Sonic, one in each message. {@code prompt} is the {@code promptName}, {@code content} the {@code contentName} of the
 * block. {@link InputOrder} defines which event may follow which.
 */
public sealed interface InputEvent {

    /** Opens the session; {@code turnDetection} is omitted for a model without this feature. */
    record SessionStart(Inference inference, Optional<Sensitivity> turnDetection) implements InputEvent {}

    /** Fixes voice and tools for the stream. Speech comes back at {@code sampleRate} hertz: 8000, 16000 or 24000. */
    record PromptStart(String prompt, String voiceId, int sampleRate,
            List<ToolSpec> tools) implements InputEvent {
        public PromptStart {
            tools = List.copyOf(tools);
        }
    }

    /** Opens a block; an {@code interactive} one is part of the live conversation, and so is answered. */
    record ContentStart(String prompt, String content, Role role, boolean interactive,
            Body body) implements InputEvent {}

    /** A piece of a TEXT block. */
    record TextInput(String prompt, String content, String text) implements InputEvent {}

    /** A piece of the AUDIO block: PCM, mono, 16-bit little-endian. */
    record AudioInput(String prompt, String content, byte[] pcm) implements InputEvent {}

    /** The result in a TOOL block, as JSON text. */
    record ToolResult(String prompt, String content, String json) implements InputEvent {}

    /** The block is complete. */
    record ContentEnd(String prompt, String content) implements InputEvent {}

    /** No more blocks. */
    record PromptEnd(String prompt) implements InputEvent {}

    /** No more events. */
    record SessionEnd() implements InputEvent {}

    /** The speaker of a block. */
    enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL,
        SYSTEM_SPEECH
    }

    /** The content type of a block. */
    sealed interface Body {

        /** Plain text. */
        record Text() implements Body {}

        /** Audio at {@code sampleRate} hertz. */
        record Audio(int sampleRate) implements Body {}

        /** The result of the tool use with this id. */
        record Tool(String toolUseId) implements Body {}
    }
}
