package dev.parley.voice.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a browser asks of its conversation: the events of the three known front ends, as values.
 *
 * <p>
 * A value is made by {@link #decode}, which is stateless and may be called from any thread.
 */
public sealed interface BrowserCommand {

    /** {@code initializeConnection}; the comeback is null where nothing was said of one. */
    record Initialize(SessionConfig config, @Nullable Comeback comeback) implements BrowserCommand {}

    /** {@code promptStart}: the voice and the sample rate of the answers, each null when left out. */
    record PromptStart(@Nullable String voiceId,
            @Nullable Integer outputSampleRate) implements BrowserCommand {}

    /** {@code systemPrompt}: null content stands for the server's default. */
    record SystemPrompt(@Nullable String content, @Nullable String voiceId) implements BrowserCommand {}

    /** {@code conversationResumption}: understood and without effect. */
    record Resume() implements BrowserCommand {}

    /** {@code audioStart}. */
    record AudioStart() implements BrowserCommand {}

    /** {@code audioInput}: PCM, 16 kHz, mono, 16-bit little-endian; an even number of bytes within the limit. The array is handed over. */
    record Audio(byte[] pcm) implements BrowserCommand {}

    /** {@code textInput}, not blank and within the limit. */
    record Text(String content) implements BrowserCommand {}

    /** {@code startNewChat}. */
    record NewChat(SessionConfig config) implements BrowserCommand {}

    /** {@code stopAudio}. */
    record Stop() implements BrowserCommand {}

    /** {@code voiceConfig}: the voice of the next stream. */
    record Voice(String voiceId) implements BrowserCommand {}

    /** An event of the contract that does not have the shape of the contract. The message says what to send instead. */
    record Rejected(String event, String message) implements BrowserCommand {}

    /** Not an event of the contract. The conversation ignores it, since front ends may have events of their own. */
    record Unknown(String event) implements BrowserCommand {}

    /**
     * Reads one event. Never throws for what a browser sent. For {@code audioInput} it decodes straight from the text, without a tree.
     *
     * @param event       the event's name
     * @param json        the whole argument array as it came, {@code ["audioInput","…"]}
     * @param attachments the binary attachments of the event, in order
     */
    static BrowserCommand decode(String event, String json, List<byte[]> attachments,
            ConversationOptions.Limits limits) {
        return event.equals("audioInput") ? AudioDecoder.decode(json, attachments, limits)
                : CommandDecoder.decode(event, json, limits);
    }
}
